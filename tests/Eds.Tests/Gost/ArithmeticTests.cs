using System.Numerics;
using PedAtt.Eds.Gost;

namespace PedAtt.Eds.Tests.Gost;

/// <summary>The fixed-size arithmetic beside big integers, with numbers at the edges of words more often than chance
/// gives them.</summary>
public class ArithmeticTests
{
    private static readonly BigInteger P = SlowGost.ParamSetA.P;
    private static readonly BigInteger Q = SlowGost.ParamSetA.Q;

    [Fact]
    public void Field_operations_agree_with_big_integers()
    {
        var random = new Random(4);
        for (var i = 0; i < 3000; i++)
        {
            var x = Edge(random) % P;
            var y = Edge(random) % P;
            var fx = Field(x);
            var fy = Field(y);

            FieldElement.Add(out var sum, fx, fy);
            FieldElement.Subtract(out var difference, fx, fy);
            FieldElement.Multiply(out var product, fx, fy);
            FieldElement.MultiplyInLoops(out var looped, fx, fy);
            FieldElement.Square(out var square, fx);
            FieldElement.Negate(out var negative, fx);

            Assert.Equal((x + y) % P, Number(sum));
            Assert.Equal((x - y + P) % P, Number(difference));
            Assert.Equal(x * y % P, Number(product));
            Assert.Equal(product, looped);
            Assert.Equal(x * x % P, Number(square));
            Assert.Equal((P - x) % P, Number(negative));
            Assert.Equal(x.IsZero, fx.IsZero);
            Assert.Equal(x == y, FieldElement.AreEqual(fx, fy));

            // Results go in again as they come, not reduced: the longest way that a formula takes them.
            FieldElement.Subtract(out var loose, negative, sum);
            FieldElement.Twice(out loose, loose);
            FieldElement.Multiply(out var deep, loose, difference);
            FieldElement.Square(out var deepSquare, loose);
            var expected = 2 * (P - x + P - (x + y) % P) % P;
            Assert.Equal(expected * (x - y + P) % P, Number(deep));
            Assert.Equal(expected * expected % P, Number(deepSquare));
        }
    }

    [Fact]
    public void The_largest_loose_words_multiply_right()
    {
        const ulong top = (1UL << 57) + (1UL << 13) - 1;
        var full = new FieldElement
        {
            W0 = top,
            W1 = top,
            W2 = top,
            W3 = top,
            W4 = top,
            W5 = top,
            W6 = top,
            W7 = top,
            W8 = top,
        };
        var value = Enumerable.Range(0, 9).Aggregate(BigInteger.Zero, (sum, i) => sum + ((BigInteger)top << (57 * i)));

        FieldElement.Multiply(out var product, full, full);
        FieldElement.Square(out var square, full);
        FieldElement.Subtract(out var difference, default, full);
        FieldElement.Add(out var sum, full, full);

        Assert.Equal(value * value % P, Number(product));
        Assert.Equal(value * value % P, Number(square));
        Assert.Equal(((-value % P) + P) % P, Number(difference));
        Assert.Equal(2 * value % P, Number(sum));
        Assert.Equal(value % P, Number(full));
    }

    [Fact]
    public void Scalars_multiply_and_invert_as_big_integers_do()
    {
        var random = new Random(5);
        var words = new ulong[8];
        for (var i = 0; i < 2000; i++)
        {
            var x = Edge(random) % Q;
            var y = Edge(random) % Q;
            Scalar.Multiply(words, Words(x), Words(y));
            Assert.Equal(x * y % Q, Number(words));
            if (!x.IsZero)
            {
                Scalar.Invert(words, Words(x));
                Assert.Equal(BigInteger.One, Number(words) * x % Q);
            }
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    public void Signed_digits_add_up_to_their_scalar(int width)
    {
        var random = new Random(6);
        var digits = new short[513];
        for (var i = 0; i < 500; i++)
        {
            var x = Edge(random);
            var used = Scalar.Recode(Words(x), width, digits);
            var sum = BigInteger.Zero;
            for (var place = used - 1; place >= 0; place--)
            {
                sum = 2 * sum + digits[place];
                Assert.True(
                    digits[place] == 0 || (digits[place] & 1) == 1 && Math.Abs((int)digits[place]) < 1 << (width - 1)
                );
            }
            Assert.Equal(x, sum);
        }
    }

    private static BigInteger Edge(Random random)
    {
        var bytes = new byte[64];
        random.NextBytes(bytes);
        for (var i = 0; i < 8; i++)
        {
            switch (random.Next(6))
            {
                case 0:
                    bytes.AsSpan(8 * i, 8).Clear();
                    break;
                case 1:
                    bytes.AsSpan(8 * i, 8).Fill(255);
                    break;
                default:
                    break;
            }
        }
        return random.Next(8) switch
        {
            0 => random.Next(600),
            1 => P - random.Next(1, 600),
            2 => Q - random.Next(600),
            _ => new BigInteger(bytes, isUnsigned: true),
        };
    }

    private static FieldElement Field(BigInteger value)
    {
        Assert.True(FieldElement.TryRead(GostSigningKey.Bytes(value), out var element));
        return element;
    }

    private static BigInteger Number(FieldElement element) => GostSigningKey.Number(element.ToBytes());

    private static BigInteger Number(ulong[] words)
    {
        var bytes = new byte[64];
        Buffer.BlockCopy(words, 0, bytes, 0, 64);
        return GostSigningKey.Number(bytes);
    }

    private static ulong[] Words(BigInteger value)
    {
        var words = new ulong[8];
        Scalar.Read(GostSigningKey.Bytes(value), words);
        return words;
    }
}
