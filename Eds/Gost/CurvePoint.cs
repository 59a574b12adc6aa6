namespace PedAtt.Eds.Gost;

/// <summary>
/// A point of the curve y² = x³ - 3x + b of paramSetA in Jacobian coordinates: x = X/Z², y = Y/Z³; Z = 0 is the point
/// at infinity. The formulas are the textbook's for a = -3; every special case (same point, opposite point, infinity)
/// is met.
/// </summary>
internal struct CurvePoint
{
    public FieldElement X,
        Y,
        Z;

    public static CurvePoint Infinity => new() { X = FieldElement.One, Y = FieldElement.One };

    public static CurvePoint Affine(in FieldElement x, in FieldElement y) =>
        new()
        {
            X = x,
            Y = y,
            Z = FieldElement.One,
        };

    public readonly bool IsInfinity => Z.IsZero;

    /// <summary>3 multiplications and 5 squarings.</summary>
    public static void Twice(out CurvePoint result, in CurvePoint p)
    {
        FieldElement.Square(out var delta, p.Z);
        FieldElement.Square(out var gamma, p.Y);
        FieldElement.Multiply(out var beta, p.X, gamma);
        FieldElement.Subtract(out var difference, p.X, delta);
        FieldElement.Add(out var sum, p.X, delta);
        FieldElement.Multiply(out var product, difference, sum);
        FieldElement.Twice(out var alpha, product);
        FieldElement.Add(out alpha, alpha, product);

        FieldElement.Add(out var z, p.Y, p.Z);
        FieldElement.Square(out z, z);
        FieldElement.Subtract(out z, z, gamma);
        FieldElement.Subtract(out result.Z, z, delta);

        FieldElement.Twice(out beta, beta);
        FieldElement.Twice(out beta, beta);
        FieldElement.Square(out var x, alpha);
        FieldElement.Subtract(out x, x, beta);
        FieldElement.Subtract(out result.X, x, beta);

        FieldElement.Subtract(out beta, beta, result.X);
        FieldElement.Multiply(out var y, alpha, beta);
        FieldElement.Twice(out gamma, gamma);
        FieldElement.Square(out gamma, gamma);
        FieldElement.Twice(out gamma, gamma);
        FieldElement.Subtract(out result.Y, y, gamma);
    }

    /// <summary>12 multiplications and 4 squarings.</summary>
    public static void Add(out CurvePoint result, in CurvePoint p, in CurvePoint q)
    {
        if (p.IsInfinity)
        {
            result = q;
            return;
        }
        if (q.IsInfinity)
        {
            result = p;
            return;
        }
        FieldElement.Square(out var zz2, q.Z);
        FieldElement.Multiply(out var u1, p.X, zz2);
        FieldElement.Multiply(out var zzz2, zz2, q.Z);
        FieldElement.Multiply(out var s1, p.Y, zzz2);
        FieldElement.Multiply(out var z, p.Z, q.Z);
        AddScaled(out result, p, u1, s1, q.X, q.Y, z);
    }

    /// <summary>As <see cref="Add"/> for a second point of Z = 1: 8 multiplications and 3 squarings.</summary>
    public static void AddAffine(out CurvePoint result, in CurvePoint p, in FieldElement x, in FieldElement y)
    {
        if (p.IsInfinity)
        {
            result = Affine(x, y);
            return;
        }
        AddScaled(out result, p, p.X, p.Y, x, y, p.Z);
    }

    private static void AddScaled(
        out CurvePoint result,
        in CurvePoint p,
        in FieldElement u1,
        in FieldElement s1,
        in FieldElement x,
        in FieldElement y,
        in FieldElement z
    )
    {
        FieldElement.Square(out var zz1, p.Z);
        FieldElement.Multiply(out var u2, x, zz1);
        FieldElement.Multiply(out var zzz1, zz1, p.Z);
        FieldElement.Multiply(out var s2, y, zzz1);
        FieldElement.Subtract(out var h, u2, u1);
        FieldElement.Subtract(out var r, s2, s1);
        if (h.IsZero)
        {
            if (r.IsZero)
            {
                Twice(out result, p);
            }
            else
            {
                result = Infinity;
            }
            return;
        }
        FieldElement.Square(out var hh, h);
        FieldElement.Multiply(out var hhh, hh, h);
        FieldElement.Multiply(out var v, u1, hh);
        FieldElement.Multiply(out var sh, s1, hhh);
        FieldElement.Multiply(out var z3, z, h);
        FieldElement.Square(out var x3, r);
        FieldElement.Subtract(out x3, x3, hhh);
        FieldElement.Subtract(out x3, x3, v);
        FieldElement.Subtract(out x3, x3, v);
        FieldElement.Subtract(out v, v, x3);
        FieldElement.Multiply(out var y3, v, r);
        result.X = x3;
        FieldElement.Subtract(out result.Y, y3, sh);
        result.Z = z3;
    }
}
