using System.Numerics;
using System.Security.Cryptography;
using PedAtt.Eds.Gost;

namespace PedAtt.Demonstration;

/// <summary>
/// A private key of GOST 34.10-2015 on id-tc26-gost-3410-12-512-paramSetA (RFC 7091, RFC 7836), for invented people
/// only: its arithmetic is slow and its duration betrays the key. Signatures and public keys are in Kazakhstan's byte
/// order.
/// </summary>
public sealed class GostKey(BigInteger number)
{
    private static readonly BigInteger P = (BigInteger.One << 512) - 569;
    private static readonly BigInteger Q = Hex(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF27E69532F48D89116FF22B8D4E0560609B4B38ABFAD2B85DCACDB1411F10B275"
    );
    private static readonly (BigInteger X, BigInteger Y) Base = (
        3,
        Hex(
            "7503CFE87A836AE3A61B8816E25450E6CE5E1C93ACF1ABC1778064FDCBEFA921DF1626BE4FD036E93D75E6A50E3A41E98028FE5FC235F5B889A589CB5215F2A4"
        )
    );

    public BigInteger Number => number;

    /// <summary>The point's coordinates, each with its least significant byte first.</summary>
    public byte[] Public
    {
        get
        {
            var (x, y) = Times(number);
            return [.. Bytes(x), .. Bytes(y)];
        }
    }

    public static GostKey New() => new(Chance());

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var e = new BigInteger(Streebog.Hash512(data), isUnsigned: true) % Q;
        var k = Chance();
        var r = Times(k).X % Q;
        return [.. Bytes(r), .. Bytes(((r * number) + (k * (e.IsZero ? BigInteger.One : e))) % Q)];
    }

    private static BigInteger Chance() =>
        (new BigInteger(RandomNumberGenerator.GetBytes(80), isUnsigned: true) % (Q - 1)) + 1;

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[64];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    private static BigInteger Hex(string digits) =>
        BigInteger.Parse($"0{digits}", System.Globalization.NumberStyles.HexNumber);

    /// <summary>A multiple of the base point, by doubling and adding in Jacobian coordinates (x / z², y /
    /// z³).</summary>
    private static (BigInteger X, BigInteger Y) Times(BigInteger times)
    {
        (BigInteger X, BigInteger Y, BigInteger Z) sum = (Base.X, Base.Y, 1);
        for (var bit = (int)times.GetBitLength() - 2; bit >= 0; bit--)
        {
            sum = Doubled(sum);
            if (!(times >> bit).IsEven)
                sum = WithBase(sum);
        }
        var inverse = BigInteger.ModPow(sum.Z, P - 2, P);
        return (sum.X * inverse % P * inverse % P, sum.Y * inverse % P * inverse % P * inverse % P);
    }

    private static (BigInteger X, BigInteger Y, BigInteger Z) Doubled((BigInteger X, BigInteger Y, BigInteger Z) point)
    {
        var (ySquared, zSquared) = (point.Y * point.Y % P, point.Z * point.Z % P);
        var s = 4 * point.X * ySquared % P;
        // The curve's a is -3.
        var m = 3 * (point.X - zSquared) * (point.X + zSquared) % P;
        var x = Reduced((m * m) - (2 * s));
        return (x, Reduced((m * (s - x)) - (8 * ySquared * ySquared)), 2 * point.Y * point.Z % P);
    }

    /// <summary>Never of a point and itself or its negative: the multiples on the way are smaller than the curve's
    /// order.</summary>
    private static (BigInteger X, BigInteger Y, BigInteger Z) WithBase((BigInteger X, BigInteger Y, BigInteger Z) point)
    {
        var zSquared = point.Z * point.Z % P;
        var h = Reduced((Base.X * zSquared) - point.X);
        var r = Reduced((Base.Y * zSquared % P * point.Z) - point.Y);
        var hSquared = h * h % P;
        var v = point.X * hSquared % P;
        var x = Reduced((r * r) - (hSquared * h) - (2 * v));
        return (x, Reduced((r * (v - x)) - (point.Y * hSquared % P * h)), point.Z * h % P);
    }

    private static BigInteger Reduced(BigInteger value) =>
        value % P is { Sign: < 0 } negative ? negative + P : value % P;
}
