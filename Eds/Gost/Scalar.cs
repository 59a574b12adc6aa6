using System.Buffers.Binary;
using System.Numerics;

namespace PedAtt.Eds.Gost;

/// <summary>Numbers modulo q, the order of paramSetA's group: eight words, the least significant first.</summary>
internal static class Scalar
{
    public const int Words = 8;

    /// <summary>RFC 7836, appendix A.2.</summary>
    private static readonly ulong[] Q = Parse(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
            + "27E69532F48D89116FF22B8D4E0560609B4B38ABFAD2B85DCACDB1411F10B275"
    );

    /// <summary>2^512 - q: four words.</summary>
    private static readonly ulong[] Rest = [.. Negative(Q)[..4]];

    /// <summary>2^-1024 modulo q.</summary>
    private static readonly ulong[] Unshift = FromBig(BigInteger.ModPow(2, ToBig(Q) - 1025, ToBig(Q)));

    public static void Read(ReadOnlySpan<byte> bytes, Span<ulong> value)
    {
        for (var i = 0; i < Words; i++)
        {
            value[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
        }
    }

    public static bool IsZero(ReadOnlySpan<ulong> value) => !value.ContainsAnyExcept(0UL);

    public static bool IsBelowQ(ReadOnlySpan<ulong> value) => Compare(value, Q) < 0;

    /// <summary>From below 2^512 to below q.</summary>
    public static void Reduce(Span<ulong> value)
    {
        if (!IsBelowQ(value))
        {
            Subtract(value, Q);
        }
    }

    /// <summary>q - value, of a value above nought and below q.</summary>
    public static void Negate(Span<ulong> value)
    {
        Span<ulong> result = stackalloc ulong[Words];
        Q.CopyTo(result);
        Subtract(result, value);
        result.CopyTo(value);
    }

    /// <summary>value + q, and whether that still is below 2^512.</summary>
    public static bool AddQ(Span<ulong> value) => Add(value, Q) == 0;

    public static void Multiply(Span<ulong> product, ReadOnlySpan<ulong> x, ReadOnlySpan<ulong> y)
    {
        Span<ulong> wide = stackalloc ulong[2 * Words];
        wide.Clear();
        for (var i = 0; i < Words; i++)
        {
            wide[i + Words] = AddProduct(wide.Slice(i, Words), y, x[i]);
        }
        ReduceWide(product, wide);
    }

    /// <summary>
    /// 1 / value modulo q by Kaliski's almost inverse: the binary algorithm leaves 2^k / value with k from 512 to 1024,
    /// and the power of two is taken away by one shift and one multiplication.
    /// </summary>
    public static void Invert(Span<ulong> inverse, ReadOnlySpan<ulong> value)
    {
        Span<ulong> u = stackalloc ulong[Words];
        Span<ulong> v = stackalloc ulong[Words];
        // r and s may reach 2q: a ninth word.
        Span<ulong> r = stackalloc ulong[Words + 1];
        Span<ulong> s = stackalloc ulong[Words + 1];
        Q.CopyTo(u);
        value.CopyTo(v);
        r.Clear();
        s.Clear();
        s[0] = 1;
        var k = 0;
        while (true)
        {
            var zeros = BitOperations.TrailingZeroCount(v[0]);
            if (zeros > 0)
            {
                if (v[0] == 0 && IsZero(v))
                {
                    break;
                }
                zeros = Math.Min(zeros, 63);
                ShiftRight(v, zeros);
                ShiftLeft(r, zeros);
                k += zeros;
                continue;
            }
            zeros = BitOperations.TrailingZeroCount(u[0]);
            if (zeros > 0)
            {
                zeros = Math.Min(zeros, 63);
                ShiftRight(u, zeros);
                ShiftLeft(s, zeros);
                k += zeros;
                continue;
            }
            if (Compare(u, v) > 0)
            {
                Subtract(u, v);
                ShiftRight(u, 1);
                Add(r, s);
                ShiftLeft(s, 1);
            }
            else
            {
                Subtract(v, u);
                ShiftRight(v, 1);
                Add(s, r);
                ShiftLeft(r, 1);
            }
            k++;
        }

        // r = -(2^k / value) modulo q, below 2q.
        if (r[Words] != 0 || Compare(r[..Words], Q) >= 0)
        {
            Subtract(r, Q);
        }
        Negate(r[..Words]);
        Span<ulong> wide = stackalloc ulong[2 * Words];
        wide.Clear();
        var shift = 1024 - k;
        r[..Words].CopyTo(wide[(shift / 64)..]);
        ShiftLeft(wide, shift % 64);
        Span<ulong> shifted = stackalloc ulong[Words];
        ReduceWide(shifted, wide);
        Multiply(inverse, shifted, Unshift);
    }

    /// <summary>
    /// The scalar as signed odd digits at least <paramref name="width"/> places apart (width-w non-adjacent form).
    /// </summary>
    /// <returns>How many places are used.</returns>
    public static int Recode(ReadOnlySpan<ulong> value, int width, Span<short> digits)
    {
        digits.Clear();
        var carry = 0;
        var used = 0;
        for (var place = 0; place <= 64 * Words; )
        {
            if (Bits(value, place, 1) == carry)
            {
                place++;
                continue;
            }
            var digit = Bits(value, place, width) + carry;
            carry = digit >> (width - 1);
            digit -= carry << width;
            digits[place] = (short)digit;
            used = place + 1;
            place += width;
        }
        return used;
    }

    private static int Bits(ReadOnlySpan<ulong> value, int place, int count)
    {
        var word = place >> 6;
        if (word >= Words)
        {
            return 0;
        }
        var offset = place & 63;
        var bits = value[word] >> offset;
        if (offset + count > 64 && word + 1 < Words)
        {
            bits |= value[word + 1] << (64 - offset);
        }
        return (int)(bits & ((1UL << count) - 1));
    }

    /// <summary>2^512 is Rest modulo q, which has four words: each turn makes the upper part shorter.</summary>
    private static void ReduceWide(Span<ulong> result, Span<ulong> wide)
    {
        Span<ulong> folded = stackalloc ulong[2 * Words];
        while (!IsZero(wide[Words..]))
        {
            folded.Clear();
            wide[..Words].CopyTo(folded);
            for (var i = 0; i < Words; i++)
            {
                var high = wide[Words + i];
                if (high == 0)
                {
                    continue;
                }
                var carry = AddProduct(folded.Slice(i, Rest.Length), Rest, high);
                for (var j = i + Rest.Length; carry != 0; j++)
                {
                    folded[j] += carry;
                    carry = folded[j] < carry ? 1UL : 0;
                }
            }
            folded.CopyTo(wide);
        }
        wide[..Words].CopyTo(result);
        Reduce(result);
    }

    /// <summary>sum += x times y; what runs over is returned.</summary>
    private static ulong AddProduct(Span<ulong> sum, ReadOnlySpan<ulong> x, ulong y)
    {
        ulong carry = 0;
        for (var i = 0; i < sum.Length; i++)
        {
            var high = Math.BigMul(x[i], y, out var low);
            low += carry;
            high += low < carry ? 1UL : 0;
            low += sum[i];
            high += low < sum[i] ? 1UL : 0;
            sum[i] = low;
            carry = high;
        }
        return carry;
    }

    private static ulong Add(Span<ulong> sum, ReadOnlySpan<ulong> x)
    {
        ulong carry = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var word = sum[i] + x[i];
            var over = word < x[i] ? 1UL : 0;
            word += carry;
            carry = over + (word < carry ? 1UL : 0);
            sum[i] = word;
        }
        return carry;
    }

    /// <summary>difference -= x, where the difference may be a word longer.</summary>
    private static void Subtract(Span<ulong> difference, ReadOnlySpan<ulong> x)
    {
        ulong borrow = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var word = difference[i] - x[i];
            var under = difference[i] < x[i] ? 1UL : 0;
            difference[i] = word - borrow;
            borrow = under + (word < borrow ? 1UL : 0);
        }
        if (difference.Length > x.Length)
        {
            difference[x.Length] -= borrow;
        }
    }

    private static int Compare(ReadOnlySpan<ulong> x, ReadOnlySpan<ulong> y)
    {
        for (var i = Words - 1; i >= 0; i--)
        {
            if (x[i] != y[i])
            {
                return x[i] < y[i] ? -1 : 1;
            }
        }
        return 0;
    }

    private static void ShiftRight(Span<ulong> value, int count)
    {
        for (var i = 0; i < value.Length - 1; i++)
        {
            value[i] = (value[i] >> count) | (value[i + 1] << (64 - count));
        }
        value[^1] >>= count;
    }

    private static void ShiftLeft(Span<ulong> value, int count)
    {
        if (count == 0)
        {
            return;
        }
        for (var i = value.Length - 1; i > 0; i--)
        {
            value[i] = (value[i] << count) | (value[i - 1] >> (64 - count));
        }
        value[0] <<= count;
    }

    private static ulong[] Parse(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Array.Reverse(bytes);
        var value = new ulong[Words];
        Read(bytes, value);
        return value;
    }

    private static ulong[] Negative(ulong[] value)
    {
        var result = new ulong[Words];
        Subtract(result, value);
        return result;
    }

    private static BigInteger ToBig(ulong[] value)
    {
        var bytes = new byte[8 * Words];
        Buffer.BlockCopy(value, 0, bytes, 0, bytes.Length);
        return new BigInteger(bytes, isUnsigned: true);
    }

    private static ulong[] FromBig(BigInteger value)
    {
        var bytes = new byte[8 * Words];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        var words = new ulong[Words];
        Read(bytes, words);
        return words;
    }
}
