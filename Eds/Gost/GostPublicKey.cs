namespace PedAtt.Eds.Gost;

/// <summary>
/// A public key of GOST R 34.10-2012 on id-tc26-gost-3410-12-512-paramSetA (RFC 7836) and the verification of RFC 7091,
/// section 6.2, in Kazakhstan's byte order: everything with the least significant byte first, a key is x and then y, a
/// signature r and then s.
/// </summary>
public sealed class GostPublicKey
{
    public const int Size = 128;
    public const int SignatureSize = 128;
    public const int DigestSize = 64;

    private const int BaseWidth = 10;
    private const int KeyWidth = 6;

    private static readonly FieldElement B = FieldElement.Parse(
        "E8C2505DEDFC86DDC1BD0B2B6667F1DA34B82574761CB0E879BD081CFD0B6265"
            + "EE3CB090F30D27614CB4574010DA90DD862EF9D4EBEE4761503190785A71C760"
    );

    private static readonly FieldElement BaseY = FieldElement.Parse(
        "7503CFE87A836AE3A61B8816E25450E6CE5E1C93ACF1ABC1778064FDCBEFA921"
            + "DF1626BE4FD036E93D75E6A50E3A41E98028FE5FC235F5B889A589CB5215F2A4"
    );

    /// <summary>The odd multiples of the base point, with Z = 1.</summary>
    private static readonly CurvePoint[] BaseMultiples = ToAffine(
        OddMultiples(CurvePoint.Affine(new FieldElement { W0 = 3 }, BaseY), 1 << (BaseWidth - 2))
    );

    /// <summary>The odd multiples of the key's point.</summary>
    private readonly CurvePoint[] _multiples;

    private GostPublicKey(CurvePoint point) => _multiples = OddMultiples(point, 1 << (KeyWidth - 2));

    /// <summary>Reads x and y of 64 bytes each. The group's order is prime, so a point on the curve is in the
    /// group.</summary>
    /// <exception cref="RefusalException">Not 128 bytes, a coordinate not below p, or no point of the
    /// curve.</exception>
    public static GostPublicKey Read(ReadOnlySpan<byte> bytes)
    {
        if (
            bytes.Length != Size
            || !FieldElement.TryRead(bytes[..64], out var x)
            || !FieldElement.TryRead(bytes[64..], out var y)
        )
        {
            throw new RefusalException(
                Refusals.PublicKey,
                "the GOST public key is not two numbers below p of 64 bytes each"
            );
        }
        return IsOnCurve(x, y)
            ? new GostPublicKey(CurvePoint.Affine(x, y))
            : throw new RefusalException(Refusals.PublicKey, "the GOST public key is not a point of the curve");
    }

    /// <summary>Whether the signature is good for this digest (Streebog-512 of what was signed).</summary>
    public bool Verify(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (digest.Length != DigestSize || signature.Length != SignatureSize)
        {
            return false;
        }
        Span<ulong> r = stackalloc ulong[Scalar.Words];
        Span<ulong> s = stackalloc ulong[Scalar.Words];
        Span<ulong> e = stackalloc ulong[Scalar.Words];
        Scalar.Read(signature, r);
        Scalar.Read(signature[64..], s);
        // Step 1: 0 < r < q and 0 < s < q.
        if (Scalar.IsZero(r) || Scalar.IsZero(s) || !Scalar.IsBelowQ(r) || !Scalar.IsBelowQ(s))
        {
            return false;
        }

        // Steps 2 to 4: e is the digest modulo q, or 1 instead of 0; z1 = s / e and z2 = -r / e.
        Scalar.Read(digest, e);
        Scalar.Reduce(e);
        if (Scalar.IsZero(e))
        {
            e[0] = 1;
        }
        Span<ulong> v = stackalloc ulong[Scalar.Words];
        Scalar.Invert(v, e);
        Span<ulong> z1 = stackalloc ulong[Scalar.Words];
        Span<ulong> z2 = stackalloc ulong[Scalar.Words];
        Scalar.Multiply(z1, s, v);
        Scalar.Multiply(z2, r, v);
        Scalar.Negate(z2);

        // Steps 5 to 7: C = z1 P + z2 Q; x of C modulo q is r.
        return HasX(Combine(z1, z2), r);
    }

    internal static bool IsOnCurve(in FieldElement x, in FieldElement y)
    {
        FieldElement.Square(out var left, y);
        FieldElement.Square(out var right, x);
        FieldElement.Subtract(out right, right, new FieldElement { W0 = 3 });
        FieldElement.Multiply(out right, right, x);
        FieldElement.Add(out right, right, B);
        return FieldElement.AreEqual(left, right);
    }

    /// <summary>Both products share their doublings (Shamir's trick) over signed digits.</summary>
    private CurvePoint Combine(ReadOnlySpan<ulong> baseTimes, ReadOnlySpan<ulong> keyTimes)
    {
        Span<short> baseDigits = stackalloc short[64 * Scalar.Words + 1];
        Span<short> keyDigits = stackalloc short[64 * Scalar.Words + 1];
        var places = Math.Max(
            Scalar.Recode(baseTimes, BaseWidth, baseDigits),
            Scalar.Recode(keyTimes, KeyWidth, keyDigits)
        );
        var sum = CurvePoint.Infinity;
        for (var place = places - 1; place >= 0; place--)
        {
            if (place < places - 1)
            {
                CurvePoint.Twice(out sum, sum);
            }
            int digit = keyDigits[place];
            if (digit > 0)
            {
                CurvePoint.Add(out sum, sum, _multiples[digit >> 1]);
            }
            else if (digit < 0)
            {
                var opposite = _multiples[-digit >> 1];
                FieldElement.Negate(out opposite.Y, opposite.Y);
                CurvePoint.Add(out sum, sum, opposite);
            }
            digit = baseDigits[place];
            if (digit > 0)
            {
                ref readonly var point = ref BaseMultiples[digit >> 1];
                CurvePoint.AddAffine(out sum, sum, point.X, point.Y);
            }
            else if (digit < 0)
            {
                ref readonly var point = ref BaseMultiples[-digit >> 1];
                FieldElement.Negate(out var y, point.Y);
                CurvePoint.AddAffine(out sum, sum, point.X, y);
            }
        }
        return sum;
    }

    /// <summary>x = X / Z² without the division: X is r Z², or (r + q) Z² where r + q is still below p.</summary>
    private static bool HasX(in CurvePoint point, Span<ulong> r)
    {
        if (point.IsInfinity)
        {
            return false;
        }
        FieldElement.Square(out var zz, point.Z);
        if (IsTimes(point.X, zz, r))
        {
            return true;
        }
        return Scalar.AddQ(r) && IsTimes(point.X, zz, r);
    }

    private static bool IsTimes(in FieldElement x, in FieldElement zz, ReadOnlySpan<ulong> r)
    {
        if (!FieldElement.TryRead(r, out var candidate))
        {
            return false;
        }
        FieldElement.Multiply(out var product, candidate, zz);
        return FieldElement.AreEqual(product, x);
    }

    /// <summary>P, 3P, 5P, …</summary>
    private static CurvePoint[] OddMultiples(in CurvePoint point, int count)
    {
        var multiples = new CurvePoint[count];
        multiples[0] = point;
        CurvePoint.Twice(out var twice, point);
        for (var i = 1; i < count; i++)
        {
            CurvePoint.Add(out multiples[i], multiples[i - 1], twice);
        }
        return multiples;
    }

    /// <summary>Brings every Z to 1 with one inversion for all (Montgomery's trick).</summary>
    private static CurvePoint[] ToAffine(CurvePoint[] points)
    {
        var products = new FieldElement[points.Length];
        var product = FieldElement.One;
        for (var i = 0; i < points.Length; i++)
        {
            products[i] = product;
            FieldElement.Multiply(out product, product, points[i].Z);
        }
        FieldElement.Invert(out var inverse, product);
        for (var i = points.Length - 1; i >= 0; i--)
        {
            FieldElement.Multiply(out var z, inverse, products[i]);
            FieldElement.Multiply(out inverse, inverse, points[i].Z);
            FieldElement.Square(out var zz, z);
            FieldElement.Multiply(out var x, points[i].X, zz);
            FieldElement.Multiply(out var y, points[i].Y, zz);
            FieldElement.Multiply(out y, y, z);
            points[i] = CurvePoint.Affine(x, y);
        }
        return points;
    }
}
