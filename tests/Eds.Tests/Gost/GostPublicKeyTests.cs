using System.Numerics;
using PedAtt.Eds.Gost;

namespace PedAtt.Eds.Tests.Gost;

public class GostPublicKeyTests
{
    private static readonly SlowGost Curve = SlowGost.ParamSetA;

    // RFC 7091, section 7.2. The curve is another one, so it tells that the slow arithmetic is right; the fast one is
    // compared with it.
    [Fact]
    public void The_example_of_RFC_7091_comes_out_of_the_slow_arithmetic()
    {
        var example = new SlowGost(
            SlowGost.Hex(
                "4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15DF1D852741AF4704A0458047E80E4546D35B8336FAC224DD81664BBF528BE6373"
            ),
            7,
            SlowGost.Hex(
                "1CFF0806A31116DA29D8CFA54E57EB748BC5F377E49400FDD788B649ECA1AC4361834013B2AD7322480A89CA58E0CF74BC9E540C2ADD6897FAD0A3084F302ADC"
            ),
            SlowGost.Hex(
                "4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15DA82F2D7ECB1DBAC719905C5EECC423F1D86E25EDBE23C595D644AAF187E6E6DF"
            ),
            SlowGost.Hex(
                "24D19CC64572EE30F396BF6EBBFD7A6C5213B3B3D7057CC825F91093A68CD762FD60611262CD838DC6B60AA7EEE804E28BC849977FAC33B4B530F1B120248A9A"
            ),
            SlowGost.Hex(
                "2BB312A43BD2CE6E0D020613C857ACDDCFBF061E91E5F2C3F32447C259F39B2C83AB156D77F1496BF7EB3351E1EE4E43DC1A18B91B24640B6DBB92CB1ADD371E"
            )
        );
        var d = SlowGost.Hex(
            "0BA6048AADAE241BA40936D47756D7C93091A0E8514669700EE7508E508B102072E8123B2200A0563322DAD2827E2714A2636B7BFD18AADFC62967821FA18DD4"
        );
        var e = SlowGost.Hex(
            "3754F3CFACC9E0615C4F4A7C4D8DAB531B09B6F9C170C533A71D147035B0C5917184EE536593F4414339976C647C5D5A407ADEDB1D560C4FC6777D2972075B8C"
        );
        var k = SlowGost.Hex(
            "0359E7F4B1410FEACC570456C6801496946312120B39D019D455986E364F365886748ED7A44B3E794434006011842286212273A6D14CF70EA3AF71BB1AE679F1"
        );

        var (r, s) = example.Sign(e, d, k);

        Assert.Equal(
            SlowGost.Hex(
                "2F86FA60A081091A23DD795E1E3C689EE512A3C82EE0DCC2643C78EEA8FCACD35492558486B20F1C9EC197C90699850260C93BCBCD9C5C3317E19344E173AE36"
            ),
            r
        );
        Assert.Equal(
            SlowGost.Hex(
                "1081B394696FFE8E6585E7A9362D26B6325F56778AADBC081C0BFBE933D52FF5823CE288E8C4F362526080DF7F70CE406A6EEB1F56919CB92A9853BDE73E5B4A"
            ),
            s
        );
        Assert.True(example.Verify(e, r, s, example.PublicKey(d)));
    }

    // Made with Debian's gost-engine 3.0.1 (gost2012_512, paramset A) over so many letters "a"; the signature turned
    // round, as Kazakhstan writes it.
    [Theory]
    [InlineData(
        50,
        "33c878e827f2fd2e8c74b0e7284315da0473eb7340b023baf4a2e00f3cf63cd22421474dbeaec9b0e55820df8181a07e"
            + "43ea6a42d672c0df0d846fa2495504babf5f2e0ed061320109edfc00e5eb4f3107cb85a128e93e3fe7ddf74486c37d8c"
            + "12172d060c71384c64193c5437cd548e8b9413b1b21d479ee615164363765d4e",
        "582ff57567838cc8649fc7763701f337dab155258790bb24dd103dfc0cc5cd52d94aee181afa3bfbfd3a1f8b363f1cee"
            + "e95832ecdebbf102a74d86c049063d6bdd75a2ef0b6b29b259f735268f9e0dbc366fed67bc99d4d9c1cf7f920d5a5e97"
            + "051a27ebc46a69170fe74c103fde0ea609a97b9558a49a680382d8e1ae9aa8cb"
    )]
    [InlineData(
        100,
        "45cb3559057f729a0d8db82bb803bbd9bc83d59e60530e67903744e7e63dda3639e5c95b3503b2157dda882311f44f48"
            + "c9e4a12775142f4e006531e442aa22bb1039ad92f9cd54e770639cd9d38b104fe0195893f954e17ccbfa7ba206ee2308"
            + "9d86fbc96187b28c4d6c55eea909a79847eb3e8d04d5af45a33d2b66fa2a9d81",
        "05509f60671a6214f7b25f53eac341d7b229fc4b2003f3c6632f25971d70a7056a58aa28b384c78a32896134f9c39eb4"
            + "d0c3c69bec59c5be5a7d6e49be876c00b736d3eff03debd51e49f0fbf3e132b5cc347c6b699fc342e7957abd5a228fcd"
            + "080fd2ccce2e3a66389377e0f82bcce2184ffb52c22abd046f6dd0e1ad72d955"
    )]
    [InlineData(
        150,
        "909f39f2b0d38c96dda8c8fd9f4dcf2d436b3360585588d23c855d5f22fe1c8f65d07e23fde2aa76e3115ba2940105c1"
            + "e7d81ac77fc5210bc9817b642a144a71e5bc9d202a5b5e8ff28574ae54b7f73191c4a8805b3fb6511564268c3c5178ca"
            + "c4259a726eaa2f342471632374d7f69410602a451c6f840f10cda129a43c14b5",
        "894d9169f3f2ae748ceb1cad949d08d840f8fa28c04f1071cf650e081afb91a981b8dac623ac5bfc7428ed3ad1f34efb"
            + "6ff01f2f3dcb4c22c73c591d171595743c2e2d04e42455dd430878903ba0a125649805bb7644c86929bdc48e59d4294e"
            + "fedc6bbdbc65c48c3de2248ae3be03129ce5fc9a23303fa9757a74de89306988"
    )]
    public void Signatures_of_another_implementation_verify(int letters, string key, string signature)
    {
        var digest = Streebog.Hash512([.. Enumerable.Repeat((byte)'a', letters)]);
        var publicKey = GostPublicKey.Read(Convert.FromHexString(key));
        var bytes = Convert.FromHexString(signature);

        Assert.True(publicKey.Verify(digest, bytes));
        for (var i = 0; i < bytes.Length; i += 9)
        {
            bytes[i] ^= 1;
            Assert.False(publicKey.Verify(digest, bytes));
            bytes[i] ^= 1;
        }
        digest[5] ^= 0x80;
        Assert.False(publicKey.Verify(digest, bytes));
    }

    [Fact]
    public void Fast_and_slow_arithmetic_agree_on_good_and_bad_signatures()
    {
        var random = new Random(3);
        var key = new GostSigningKey("agree");
        var publicKey = GostPublicKey.Read(key.Public);
        var point = (GostSigningKey.Number(key.Public.AsSpan(0, 64)), GostSigningKey.Number(key.Public.AsSpan(64)));
        for (var i = 0; i < 60; i++)
        {
            var digest = Special(random, i);
            var signature = key.Sign(digest);
            Assert.True(publicKey.Verify(digest, signature));

            if (i % 3 == 0)
            {
                signature[random.Next(128)] ^= (byte)(1 << random.Next(8));
            }
            var slow = Curve.Verify(
                GostSigningKey.Number(digest),
                GostSigningKey.Number(signature.AsSpan(0, 64)),
                GostSigningKey.Number(signature.AsSpan(64)),
                point
            );
            Assert.Equal(slow, publicKey.Verify(digest, signature));
        }
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        var key = new GostSigningKey("range");
        var publicKey = GostPublicKey.Read(key.Public);
        var digest = Streebog.Hash512([1]);
        var good = key.Sign(digest);
        foreach (var number in new[] { BigInteger.Zero, Curve.Q, Curve.Q + 1, (BigInteger.One << 512) - 1 })
        {
            Assert.False(publicKey.Verify(digest, [.. GostSigningKey.Bytes(number), .. good[64..]]));
            Assert.False(publicKey.Verify(digest, [.. good[..64], .. GostSigningKey.Bytes(number)]));
        }
        Assert.False(publicKey.Verify(digest, good.AsSpan(..127)));
        Assert.False(publicKey.Verify(digest, [.. good, 0]));
        Assert.False(publicKey.Verify(digest.AsSpan(..32), good));
    }

    // With d = 1 the key is the base point itself: both halves of the sum meet, double and cancel.
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Keys_beside_the_base_point_verify(int d)
    {
        var secret = d > 0 ? d : Curve.Q + d;
        var (x, y) = Curve.PublicKey(secret);
        var publicKey = GostPublicKey.Read([.. GostSigningKey.Bytes(x), .. GostSigningKey.Bytes(y)]);
        foreach (var k in new[] { BigInteger.One, 2, 3, Curve.Q - 1, 5 })
        {
            foreach (var e in new[] { BigInteger.One, 2, Curve.Q - 1, (BigInteger.One << 511) + 7 })
            {
                var (r, s) = Curve.Sign(e, secret, k);
                Assert.Equal(
                    Curve.Verify(e, r, s, (x, y)),
                    publicKey.Verify(GostSigningKey.Bytes(e), [.. GostSigningKey.Bytes(r), .. GostSigningKey.Bytes(s)])
                );
            }
        }
    }

    [Fact]
    public void Points_off_the_curve_and_coordinates_out_of_range_are_refused()
    {
        var good = new GostSigningKey("point").Public;
        var off = (byte[])good.Clone();
        off[70] ^= 1;
        byte[][] bad =
        [
            off,
            new byte[128],
            good[..127],
            [.. good, 0],
            [.. GostSigningKey.Bytes(Curve.P + 3), .. good[64..]],
            [.. good[..64], .. GostSigningKey.Bytes((BigInteger.One << 512) - 1)],
        ];
        foreach (var bytes in bad)
        {
            Assert.Equal(Refusals.PublicKey, Assert.Throws<RefusalException>(() => GostPublicKey.Read(bytes)).Code);
        }
    }

    private static byte[] Special(Random random, int i)
    {
        var digest = new byte[64];
        switch (i)
        {
            case 0:
                break;
            case 1:
                Array.Fill(digest, (byte)255);
                break;
            case 2:
                digest = GostSigningKey.Bytes(Curve.Q);
                break;
            case 3:
                digest[0] = 1;
                break;
            case 4:
                digest[63] = 128;
                break;
            default:
                random.NextBytes(digest);
                break;
        }
        return digest;
    }
}
