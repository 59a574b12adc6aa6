using System.Numerics;
using System.Security.Cryptography;
using PedAtt.Eds.Gost;

namespace PedAtt.Eds.Tests.Gost;

/// <summary>
/// GOST R 34.10-2012 as RFC 7091 writes it down, on any curve and with big integers: slow, plain, and leaking through
/// time. It signs for the tests and is what the fast verification is compared with.
/// </summary>
public sealed class SlowGost(BigInteger p, BigInteger a, BigInteger b, BigInteger q, BigInteger x, BigInteger y)
{
    /// <summary>id-tc26-gost-3410-12-512-paramSetA: RFC 7836, appendix A.2.</summary>
    public static SlowGost ParamSetA { get; } =
        new(
            (BigInteger.One << 512) - 569,
            (BigInteger.One << 512) - 572,
            Hex(
                "E8C2505DEDFC86DDC1BD0B2B6667F1DA34B82574761CB0E879BD081CFD0B6265EE3CB090F30D27614CB4574010DA90DD862EF9D4EBEE4761503190785A71C760"
            ),
            Hex(
                "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF27E69532F48D89116FF22B8D4E0560609B4B38ABFAD2B85DCACDB1411F10B275"
            ),
            3,
            Hex(
                "7503CFE87A836AE3A61B8816E25450E6CE5E1C93ACF1ABC1778064FDCBEFA921DF1626BE4FD036E93D75E6A50E3A41E98028FE5FC235F5B889A589CB5215F2A4"
            )
        );

    public BigInteger Q => q;

    public BigInteger P => p;

    public static BigInteger Hex(string digits) =>
        BigInteger.Parse("0" + digits, System.Globalization.NumberStyles.HexNumber);

    public (BigInteger X, BigInteger Y) PublicKey(BigInteger d) => Times(d, (x, y))!.Value;

    public (BigInteger R, BigInteger S) Sign(BigInteger e, BigInteger d, BigInteger k)
    {
        e = Exponent(e);
        var r = Times(k, (x, y))!.Value.X % q;
        return (r, (r * d + k * e) % q);
    }

    public bool Verify(BigInteger e, BigInteger r, BigInteger s, (BigInteger X, BigInteger Y) key)
    {
        if (r <= 0 || r >= q || s <= 0 || s >= q)
        {
            return false;
        }
        var v = BigInteger.ModPow(Exponent(e), q - 2, q);
        var sum = Add(Times(s * v % q, (x, y)), Times((q - r) * v % q, key));
        return sum is { } point && point.X % q == r;
    }

    public (BigInteger X, BigInteger Y)? Times(BigInteger times, (BigInteger X, BigInteger Y) point)
    {
        // In Jacobian coordinates, so that one division is enough: the tests sign a great deal.
        (BigInteger X, BigInteger Y, BigInteger Z) sum = (1, 1, 0);
        for (var bit = (int)times.GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = Twice(sum);
            if (!(times >> bit).IsEven)
            {
                sum = Add(sum, point);
            }
        }
        if (sum.Z.IsZero)
        {
            return null;
        }
        var inverse = BigInteger.ModPow(sum.Z, p - 2, p);
        var square = inverse * inverse % p;
        return (sum.X * square % p, sum.Y * square % p * inverse % p);
    }

    public (BigInteger X, BigInteger Y)? Add((BigInteger X, BigInteger Y)? left, (BigInteger X, BigInteger Y)? right)
    {
        if (left is not { } l || right is not { } r)
        {
            return left ?? right;
        }
        var sum = Add((l.X, l.Y, BigInteger.One), r);
        if (sum.Z.IsZero)
        {
            return null;
        }
        var inverse = BigInteger.ModPow(sum.Z, p - 2, p);
        var square = inverse * inverse % p;
        return (sum.X * square % p, sum.Y * square % p * inverse % p);
    }

    private BigInteger Exponent(BigInteger e) => e % q is { IsZero: false } reduced ? reduced : BigInteger.One;

    private (BigInteger X, BigInteger Y, BigInteger Z) Twice((BigInteger X, BigInteger Y, BigInteger Z) t)
    {
        var yy = t.Y * t.Y % p;
        var s = 4 * t.X * yy % p;
        var m = (3 * t.X * t.X + a * BigInteger.ModPow(t.Z, 4, p)) % p;
        var newX = Mod(m * m - 2 * s);
        return (newX, Mod(m * (s - newX) - 8 * yy * yy), 2 * t.Y * t.Z % p);
    }

    private (BigInteger X, BigInteger Y, BigInteger Z) Add(
        (BigInteger X, BigInteger Y, BigInteger Z) t,
        (BigInteger X, BigInteger Y) other
    )
    {
        if (t.Z.IsZero)
        {
            return (other.X, other.Y, 1);
        }
        var zz = t.Z * t.Z % p;
        var h = Mod(other.X * zz - t.X);
        var r = Mod(other.Y * zz % p * t.Z - t.Y);
        if (h.IsZero)
        {
            return r.IsZero ? Twice(t) : (1, 1, 0);
        }
        var hh = h * h % p;
        var hhh = hh * h % p;
        var v = t.X * hh % p;
        var newX = Mod(r * r - hhh - 2 * v);
        return (newX, Mod(r * (v - newX) - t.Y * hhh), t.Z * h % p);
    }

    private BigInteger Mod(BigInteger value) => value % p is { Sign: < 0 } negative ? negative + p : value % p;

    public bool IsOnCurve((BigInteger X, BigInteger Y) point) =>
        Mod(point.Y * point.Y - point.X * point.X * point.X - a * point.X - b).IsZero;
}

/// <summary>A private key on paramSetA for tests, in Kazakhstan's byte order; always the same signature for the same
/// digest.</summary>
public sealed class GostSigningKey
{
    private readonly BigInteger _d;

    public GostSigningKey(string seed)
        : this(Number(Streebog.Hash512(System.Text.Encoding.UTF8.GetBytes(seed))) % (SlowGost.ParamSetA.Q - 1) + 1) { }

    public GostSigningKey(BigInteger number)
    {
        _d = number;
        var (x, y) = SlowGost.ParamSetA.PublicKey(_d);
        Public = [.. Bytes(x), .. Bytes(y)];
    }

    public byte[] Public { get; }

    public byte[] Sign(byte[] digest)
    {
        var k = Number(SHA512.HashData([.. Bytes(_d), .. digest])) % (SlowGost.ParamSetA.Q - 1) + 1;
        var (r, s) = SlowGost.ParamSetA.Sign(Number(digest), _d, k);
        return [.. Bytes(r), .. Bytes(s)];
    }

    public static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true);

    public static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[64];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }
}
