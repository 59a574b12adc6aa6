using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace PedAtt.Eds.Gost;

/// <summary>
/// An element of the field of p = 2^512 - 569 (RFC 7836, appendix A.2, id-tc26-gost-3410-12-512-paramSetA) as nine
/// words of 57 bits, the least significant first. The seven bits to spare in each word take up what sums and products
/// carry, so that carries are moved once per operation and not once per word. 2^513 is 1138 in this field: what runs
/// over the top comes back at the bottom times 1138. Every result is "loose": each word is below 2^57 + 2^13, and the
/// value not brought below p before it is compared. Not in constant time: verification sees public data only.
/// </summary>
internal struct FieldElement
{
    private const int Bits = 57;
    private const ulong Mask = (1UL << Bits) - 1;
    private const ulong TopMask = (1UL << (512 - 8 * Bits)) - 1;
    private const ulong Fold = 1138;

    /// <summary>4p, cut so that each word is above any loose word: added before a subtraction, no word goes below
    /// nought.</summary>
    private const ulong FourP0 = (1UL << (Bits + 1)) - 2 * Fold;
    private const ulong FourP = (1UL << (Bits + 1)) - 2;

    public ulong W0,
        W1,
        W2,
        W3,
        W4,
        W5,
        W6,
        W7,
        W8;

    public static readonly FieldElement One = new() { W0 = 1 };

    /// <summary>64 bytes, the least significant first; no when the number is p or more.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FieldElement value)
    {
        Span<ulong> words = stackalloc ulong[8];
        for (var i = 0; i < 8; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
        }
        return TryRead(words, out value);
    }

    /// <summary>Eight words of 64 bits, the least significant first; no when the number is p or more.</summary>
    public static bool TryRead(ReadOnlySpan<ulong> words, out FieldElement value)
    {
        value = new FieldElement
        {
            W0 = words[0] & Mask,
            W1 = (words[0] >> 57 | words[1] << 7) & Mask,
            W2 = (words[1] >> 50 | words[2] << 14) & Mask,
            W3 = (words[2] >> 43 | words[3] << 21) & Mask,
            W4 = (words[3] >> 36 | words[4] << 28) & Mask,
            W5 = (words[4] >> 29 | words[5] << 35) & Mask,
            W6 = (words[5] >> 22 | words[6] << 42) & Mask,
            W7 = (words[6] >> 15 | words[7] << 49) & Mask,
            W8 = words[7] >> 8,
        };
        return !(words[0] >= unchecked(0UL - 569) && !words[1..].ContainsAnyExcept(ulong.MaxValue));
    }

    /// <summary>The number of a text of 128 hexadecimal digits, the most significant first, as standards print
    /// it.</summary>
    public static FieldElement Parse(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Array.Reverse(bytes);
        return TryRead(bytes, out var value) ? value : throw new ArgumentException("not below p", nameof(hex));
    }

    /// <summary>64 bytes, the least significant first, of the value below p.</summary>
    public readonly byte[] ToBytes()
    {
        var v = Canonical();
        var bytes = new byte[64];
        ReadOnlySpan<ulong> words =
        [
            v.W0 | v.W1 << 57,
            v.W1 >> 7 | v.W2 << 50,
            v.W2 >> 14 | v.W3 << 43,
            v.W3 >> 21 | v.W4 << 36,
            v.W4 >> 28 | v.W5 << 29,
            v.W5 >> 35 | v.W6 << 22,
            v.W6 >> 42 | v.W7 << 15,
            v.W7 >> 49 | v.W8 << 8,
        ];
        for (var i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8 * i), words[i]);
        }
        return bytes;
    }

    public readonly bool IsZero
    {
        get
        {
            var v = Canonical();
            return (v.W0 | v.W1 | v.W2 | v.W3 | v.W4 | v.W5 | v.W6 | v.W7 | v.W8) == 0;
        }
    }

    public static bool AreEqual(in FieldElement x, in FieldElement y)
    {
        Subtract(out var difference, x, y);
        return difference.IsZero;
    }

    public static void Add(out FieldElement sum, in FieldElement x, in FieldElement y) =>
        Loosen(
            out sum,
            x.W0 + y.W0,
            x.W1 + y.W1,
            x.W2 + y.W2,
            x.W3 + y.W3,
            x.W4 + y.W4,
            x.W5 + y.W5,
            x.W6 + y.W6,
            x.W7 + y.W7,
            x.W8 + y.W8
        );

    public static void Subtract(out FieldElement difference, in FieldElement x, in FieldElement y) =>
        Loosen(
            out difference,
            x.W0 + FourP0 - y.W0,
            x.W1 + FourP - y.W1,
            x.W2 + FourP - y.W2,
            x.W3 + FourP - y.W3,
            x.W4 + FourP - y.W4,
            x.W5 + FourP - y.W5,
            x.W6 + FourP - y.W6,
            x.W7 + FourP - y.W7,
            x.W8 + FourP - y.W8
        );

    public static void Twice(out FieldElement twice, in FieldElement x) => Add(out twice, x, x);

    public static void Negate(out FieldElement negative, in FieldElement x)
    {
        var zero = default(FieldElement);
        Subtract(out negative, zero, x);
    }

    public static void Multiply(out FieldElement product, in FieldElement x, in FieldElement y)
    {
        if (Bmi2.X64.IsSupported)
        {
            MultiplyUnrolled(out product, x, y);
        }
        else
        {
            MultiplyInLoops(out product, x, y);
        }
    }

    public static void Square(out FieldElement square, in FieldElement x)
    {
        if (Bmi2.X64.IsSupported)
        {
            SquareUnrolled(out square, x);
        }
        else
        {
            MultiplyInLoops(out square, x, x);
        }
    }

    /// <summary>By Fermat: x^(p - 2). Only for tables made at start.</summary>
    public static void Invert(out FieldElement inverse, in FieldElement x)
    {
        // p - 2 = 2^512 - 571: all ones but for the lowest word.
        const ulong lowest = ulong.MaxValue - 570;
        inverse = One;
        for (var bit = 511; bit >= 0; bit--)
        {
            Square(out inverse, inverse);
            if (bit >= 64 || (lowest >> bit & 1) == 1)
            {
                Multiply(out inverse, inverse, x);
            }
        }
    }

    /// <summary>
    /// The product's words as they come. With the factors moved left by 6 and 1 bits, the upper half of each product of
    /// two words is what belongs 57 bits higher, and the lower half, moved back by 7, what belongs here. Nine of each
    /// stay below 2^63, so nothing is carried before the end.
    /// </summary>
    internal static unsafe void MultiplyUnrolled(out FieldElement product, in FieldElement x, in FieldElement y)
    {
        ulong a,
            low;
        ulong b0 = y.W0 << 1,
            b1 = y.W1 << 1,
            b2 = y.W2 << 1,
            b3 = y.W3 << 1,
            b4 = y.W4 << 1;
        ulong b5 = y.W5 << 1,
            b6 = y.W6 << 1,
            b7 = y.W7 << 1,
            b8 = y.W8 << 1;
        ulong t0 = 0,
            t1 = 0,
            t2 = 0,
            t3 = 0,
            t4 = 0,
            t5 = 0,
            t6 = 0,
            t7 = 0,
            t8 = 0,
            t9 = 0;
        ulong t10 = 0,
            t11 = 0,
            t12 = 0,
            t13 = 0,
            t14 = 0,
            t15 = 0,
            t16 = 0,
            t17 = 0;
        a = x.W0 << 6;
        t1 += Bmi2.X64.MultiplyNoFlags(a, b0, &low);
        t0 += low >> 7;
        t2 += Bmi2.X64.MultiplyNoFlags(a, b1, &low);
        t1 += low >> 7;
        t3 += Bmi2.X64.MultiplyNoFlags(a, b2, &low);
        t2 += low >> 7;
        t4 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t3 += low >> 7;
        t5 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t4 += low >> 7;
        t6 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t5 += low >> 7;
        t7 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t6 += low >> 7;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t8 += low >> 7;
        a = x.W1 << 6;
        t2 += Bmi2.X64.MultiplyNoFlags(a, b0, &low);
        t1 += low >> 7;
        t3 += Bmi2.X64.MultiplyNoFlags(a, b1, &low);
        t2 += low >> 7;
        t4 += Bmi2.X64.MultiplyNoFlags(a, b2, &low);
        t3 += low >> 7;
        t5 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t4 += low >> 7;
        t6 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t5 += low >> 7;
        t7 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t6 += low >> 7;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t9 += low >> 7;
        a = x.W2 << 6;
        t3 += Bmi2.X64.MultiplyNoFlags(a, b0, &low);
        t2 += low >> 7;
        t4 += Bmi2.X64.MultiplyNoFlags(a, b1, &low);
        t3 += low >> 7;
        t5 += Bmi2.X64.MultiplyNoFlags(a, b2, &low);
        t4 += low >> 7;
        t6 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t5 += low >> 7;
        t7 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t6 += low >> 7;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t9 += low >> 7;
        t11 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t10 += low >> 7;
        a = x.W3 << 6;
        t4 += Bmi2.X64.MultiplyNoFlags(a, b0, &low);
        t3 += low >> 7;
        t5 += Bmi2.X64.MultiplyNoFlags(a, b1, &low);
        t4 += low >> 7;
        t6 += Bmi2.X64.MultiplyNoFlags(a, b2, &low);
        t5 += low >> 7;
        t7 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t6 += low >> 7;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t9 += low >> 7;
        t11 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t10 += low >> 7;
        t12 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t11 += low >> 7;
        a = x.W4 << 6;
        t5 += Bmi2.X64.MultiplyNoFlags(a, b0, &low);
        t4 += low >> 7;
        t6 += Bmi2.X64.MultiplyNoFlags(a, b1, &low);
        t5 += low >> 7;
        t7 += Bmi2.X64.MultiplyNoFlags(a, b2, &low);
        t6 += low >> 7;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t9 += low >> 7;
        t11 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t10 += low >> 7;
        t12 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t11 += low >> 7;
        t13 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t12 += low >> 7;
        a = x.W5 << 6;
        t6 += Bmi2.X64.MultiplyNoFlags(a, b0, &low);
        t5 += low >> 7;
        t7 += Bmi2.X64.MultiplyNoFlags(a, b1, &low);
        t6 += low >> 7;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b2, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t9 += low >> 7;
        t11 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t10 += low >> 7;
        t12 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t11 += low >> 7;
        t13 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t12 += low >> 7;
        t14 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t13 += low >> 7;
        a = x.W6 << 6;
        t7 += Bmi2.X64.MultiplyNoFlags(a, b0, &low);
        t6 += low >> 7;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b1, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b2, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t9 += low >> 7;
        t11 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t10 += low >> 7;
        t12 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t11 += low >> 7;
        t13 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t12 += low >> 7;
        t14 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t13 += low >> 7;
        t15 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t14 += low >> 7;
        a = x.W7 << 6;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b0, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b1, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b2, &low);
        t9 += low >> 7;
        t11 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t10 += low >> 7;
        t12 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t11 += low >> 7;
        t13 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t12 += low >> 7;
        t14 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t13 += low >> 7;
        t15 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t14 += low >> 7;
        t16 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t15 += low >> 7;
        a = x.W8 << 6;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b0, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b1, &low);
        t9 += low >> 7;
        t11 += Bmi2.X64.MultiplyNoFlags(a, b2, &low);
        t10 += low >> 7;
        t12 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t11 += low >> 7;
        t13 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t12 += low >> 7;
        t14 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t13 += low >> 7;
        t15 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t14 += low >> 7;
        t16 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t15 += low >> 7;
        t17 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t16 += low >> 7;
        Reduce(out product, t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, t14, t15, t16, t17);
    }

    /// <summary>As the product, each mixed term once and doubled.</summary>
    internal static unsafe void SquareUnrolled(out FieldElement square, in FieldElement x)
    {
        ulong a,
            low;
        ulong b1 = x.W1 << 2,
            b2 = x.W2 << 2,
            b3 = x.W3 << 2,
            b4 = x.W4 << 2;
        ulong b5 = x.W5 << 2,
            b6 = x.W6 << 2,
            b7 = x.W7 << 2,
            b8 = x.W8 << 2;
        ulong t0 = 0,
            t1 = 0,
            t2 = 0,
            t3 = 0,
            t4 = 0,
            t5 = 0,
            t6 = 0,
            t7 = 0,
            t8 = 0,
            t9 = 0;
        ulong t10 = 0,
            t11 = 0,
            t12 = 0,
            t13 = 0,
            t14 = 0,
            t15 = 0,
            t16 = 0,
            t17 = 0;
        a = x.W0 << 6;
        t1 += Bmi2.X64.MultiplyNoFlags(a, x.W0 << 1, &low);
        t0 += low >> 7;
        t2 += Bmi2.X64.MultiplyNoFlags(a, b1, &low);
        t1 += low >> 7;
        t3 += Bmi2.X64.MultiplyNoFlags(a, b2, &low);
        t2 += low >> 7;
        t4 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t3 += low >> 7;
        t5 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t4 += low >> 7;
        t6 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t5 += low >> 7;
        t7 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t6 += low >> 7;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t8 += low >> 7;
        a = x.W1 << 6;
        t3 += Bmi2.X64.MultiplyNoFlags(a, x.W1 << 1, &low);
        t2 += low >> 7;
        t4 += Bmi2.X64.MultiplyNoFlags(a, b2, &low);
        t3 += low >> 7;
        t5 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t4 += low >> 7;
        t6 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t5 += low >> 7;
        t7 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t6 += low >> 7;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t9 += low >> 7;
        a = x.W2 << 6;
        t5 += Bmi2.X64.MultiplyNoFlags(a, x.W2 << 1, &low);
        t4 += low >> 7;
        t6 += Bmi2.X64.MultiplyNoFlags(a, b3, &low);
        t5 += low >> 7;
        t7 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t6 += low >> 7;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t9 += low >> 7;
        t11 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t10 += low >> 7;
        a = x.W3 << 6;
        t7 += Bmi2.X64.MultiplyNoFlags(a, x.W3 << 1, &low);
        t6 += low >> 7;
        t8 += Bmi2.X64.MultiplyNoFlags(a, b4, &low);
        t7 += low >> 7;
        t9 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t9 += low >> 7;
        t11 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t10 += low >> 7;
        t12 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t11 += low >> 7;
        a = x.W4 << 6;
        t9 += Bmi2.X64.MultiplyNoFlags(a, x.W4 << 1, &low);
        t8 += low >> 7;
        t10 += Bmi2.X64.MultiplyNoFlags(a, b5, &low);
        t9 += low >> 7;
        t11 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t10 += low >> 7;
        t12 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t11 += low >> 7;
        t13 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t12 += low >> 7;
        a = x.W5 << 6;
        t11 += Bmi2.X64.MultiplyNoFlags(a, x.W5 << 1, &low);
        t10 += low >> 7;
        t12 += Bmi2.X64.MultiplyNoFlags(a, b6, &low);
        t11 += low >> 7;
        t13 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t12 += low >> 7;
        t14 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t13 += low >> 7;
        a = x.W6 << 6;
        t13 += Bmi2.X64.MultiplyNoFlags(a, x.W6 << 1, &low);
        t12 += low >> 7;
        t14 += Bmi2.X64.MultiplyNoFlags(a, b7, &low);
        t13 += low >> 7;
        t15 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t14 += low >> 7;
        a = x.W7 << 6;
        t15 += Bmi2.X64.MultiplyNoFlags(a, x.W7 << 1, &low);
        t14 += low >> 7;
        t16 += Bmi2.X64.MultiplyNoFlags(a, b8, &low);
        t15 += low >> 7;
        a = x.W8 << 6;
        t17 += Bmi2.X64.MultiplyNoFlags(a, x.W8 << 1, &low);
        t16 += low >> 7;
        Reduce(out square, t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, t14, t15, t16, t17);
    }

    /// <summary>For processors without MULX.</summary>
    internal static void MultiplyInLoops(out FieldElement product, in FieldElement x, in FieldElement y)
    {
        ReadOnlySpan<ulong> xs = [x.W0, x.W1, x.W2, x.W3, x.W4, x.W5, x.W6, x.W7, x.W8];
        ReadOnlySpan<ulong> ys = [y.W0, y.W1, y.W2, y.W3, y.W4, y.W5, y.W6, y.W7, y.W8];
        Span<ulong> t = stackalloc ulong[18];
        t.Clear();
        for (var i = 0; i < 9; i++)
        {
            for (var j = 0; j < 9; j++)
            {
                t[i + j + 1] += Math.BigMul(xs[i] << 6, ys[j] << 1, out var low);
                t[i + j] += low >> 7;
            }
        }
        Reduce(
            out product,
            t[0],
            t[1],
            t[2],
            t[3],
            t[4],
            t[5],
            t[6],
            t[7],
            t[8],
            t[9],
            t[10],
            t[11],
            t[12],
            t[13],
            t[14],
            t[15],
            t[16],
            t[17]
        );
    }

    private static void Reduce(
        out FieldElement result,
        ulong t0,
        ulong t1,
        ulong t2,
        ulong t3,
        ulong t4,
        ulong t5,
        ulong t6,
        ulong t7,
        ulong t8,
        ulong t9,
        ulong t10,
        ulong t11,
        ulong t12,
        ulong t13,
        ulong t14,
        ulong t15,
        ulong t16,
        ulong t17
    )
    {
        // The upper half in words of 57 bits; the last may have a bit more.
        t10 += t9 >> Bits;
        t11 += t10 >> Bits;
        t12 += t11 >> Bits;
        t13 += t12 >> Bits;
        t14 += t13 >> Bits;
        t15 += t14 >> Bits;
        t16 += t15 >> Bits;
        t17 += t16 >> Bits;
        ulong carry = 0;
        Unsafe.SkipInit(out result);
        result.W0 = FoldWord(t0, t9 & Mask, ref carry);
        result.W1 = FoldWord(t1, t10 & Mask, ref carry);
        result.W2 = FoldWord(t2, t11 & Mask, ref carry);
        result.W3 = FoldWord(t3, t12 & Mask, ref carry);
        result.W4 = FoldWord(t4, t13 & Mask, ref carry);
        result.W5 = FoldWord(t5, t14 & Mask, ref carry);
        result.W6 = FoldWord(t6, t15 & Mask, ref carry);
        result.W7 = FoldWord(t7, t16 & Mask, ref carry);
        result.W8 = FoldWord(t8, t17, ref carry);
        // The last carry is below 2^13, so this is below 2^57 + 2^24: one step more makes it loose.
        var bottom = result.W0 + carry * Fold;
        result.W0 = bottom & Mask;
        result.W1 += bottom >> Bits;
    }

    /// <summary>57 bits of low + 1138 high + carry; the next carry is what is above them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FoldWord(ulong low, ulong high, ref ulong carry)
    {
        // 1138 times 57 bits, split at bit 57: the low 32 bits and the rest apart, so that each part fits a word.
        var bottom = (high & uint.MaxValue) * Fold;
        var top = (high >> 32) * Fold + (bottom >> 32);
        var sum = low + ((bottom & uint.MaxValue) | (top << 32 & Mask)) + carry;
        carry = (top >> (Bits - 32)) + (sum >> Bits);
        return sum & Mask;
    }

    /// <summary>Moves what each word has above 57 bits to the next one, all at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Loosen(
        out FieldElement result,
        ulong t0,
        ulong t1,
        ulong t2,
        ulong t3,
        ulong t4,
        ulong t5,
        ulong t6,
        ulong t7,
        ulong t8
    )
    {
        Unsafe.SkipInit(out result);
        result.W0 = (t0 & Mask) + (t8 >> Bits) * Fold;
        result.W1 = (t1 & Mask) + (t0 >> Bits);
        result.W2 = (t2 & Mask) + (t1 >> Bits);
        result.W3 = (t3 & Mask) + (t2 >> Bits);
        result.W4 = (t4 & Mask) + (t3 >> Bits);
        result.W5 = (t5 & Mask) + (t4 >> Bits);
        result.W6 = (t6 & Mask) + (t5 >> Bits);
        result.W7 = (t7 & Mask) + (t6 >> Bits);
        result.W8 = (t8 & Mask) + (t7 >> Bits);
    }

    /// <summary>The one representation below p.</summary>
    private readonly FieldElement Canonical()
    {
        var v = this;
        // What is above 512 bits comes down as 569; the third turn finds nothing above.
        for (var turn = 0; turn < 3; turn++)
        {
            v.W0 += (v.W8 >> (512 - 8 * Bits)) * (Fold / 2);
            v.W8 &= TopMask;
            v.W1 += v.W0 >> Bits;
            v.W0 &= Mask;
            v.W2 += v.W1 >> Bits;
            v.W1 &= Mask;
            v.W3 += v.W2 >> Bits;
            v.W2 &= Mask;
            v.W4 += v.W3 >> Bits;
            v.W3 &= Mask;
            v.W5 += v.W4 >> Bits;
            v.W4 &= Mask;
            v.W6 += v.W5 >> Bits;
            v.W5 &= Mask;
            v.W7 += v.W6 >> Bits;
            v.W6 &= Mask;
            v.W8 += v.W7 >> Bits;
            v.W7 &= Mask;
        }
        if (
            v.W8 == TopMask
            && (v.W1 & v.W2 & v.W3 & v.W4 & v.W5 & v.W6 & v.W7) == Mask
            && v.W0 >= (1UL << Bits) - Fold / 2
        )
        {
            return new FieldElement { W0 = v.W0 - ((1UL << Bits) - Fold / 2) };
        }
        return v;
    }
}
