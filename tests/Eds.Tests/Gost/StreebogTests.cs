using PedAtt.Eds.Gost;

namespace PedAtt.Eds.Tests.Gost;

public class StreebogTests
{
    // RFC 6986, section 10: both messages; the RFC prints the most significant byte first, so its lines are read from
    // the end.
    private const string Message1 =
        "323130393837363534333231303938373635343332313039383736353433323130393837363534333231303938373635"
        + "343332313039383736353433323130";

    private const string Message2 =
        "fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2f120fff0eeec20f120faf2fee5e2202c"
        + "e8f6f3ede220e8e6eee1e8f0f2d1202ce8f0f2e5e220e5d1";

    [Theory]
    [InlineData(
        Message1,
        512,
        "486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00fa1fbae42b1285c0352f227524bc9ab1"
            + "6254288dd6863dccd5b9f54a1ad0541b"
    )]
    [InlineData(Message1, 256, "00557be5e584fd52a449b16b0251d05d27f94ab76cbaa6da890b59d8ef1e159d")]
    [InlineData(
        Message2,
        512,
        "28fbc9bada033b1460642bdcddb90c3fb3e56c497ccd0f62b8a2ad4935e85f037613966de4ee00531ae60f3b5a47f8da"
            + "e06915d5f2f194996fcabf2622e6881e"
    )]
    [InlineData(Message2, 256, "508f7e553c06501d749a66fc28c6cac0b005746d97537fa85d9e40904efed29d")]
    public void The_examples_of_RFC_6986_come_out(string message, int bits, string digest)
    {
        var data = Reversed(message);

        Assert.Equal(Reversed(digest), bits == 512 ? Streebog.Hash512(data) : Streebog.Hash256(data));
    }

    [Fact]
    public void Pieces_and_streams_hash_as_the_whole()
    {
        var data = new byte[1000];
        new Random(1).NextBytes(data);
        foreach (var length in new[] { 0, 1, 63, 64, 65, 127, 128, 129, 1000 })
        {
            var whole = Streebog.Hash512(data.AsSpan(0, length));
            var hash = Streebog.Create512();
            for (int at = 0, step = 1; at < length; at += step, step = step * 2 % 97 + 1)
            {
                hash.Append(data.AsSpan(at, Math.Min(step, length - at)));
            }
            Assert.Equal(whole, hash.Finish());

            hash.Append(new MemoryStream(data, 0, length));
            Assert.Equal(whole, hash.Finish());
        }
    }

    [Fact]
    public void Tables_and_bit_matrices_mix_alike()
    {
        Assert.SkipUnless(StreebogCompression.HasMatrixInstructions, "this processor multiplies no bit matrices");
        var random = new Random(2);
        for (var i = 0; i < 1000; i++)
        {
            var tables = Words(random);
            var matrices = (ulong[])tables.Clone();
            var block = Words(random);
            var n = (ulong)random.NextInt64();

            StreebogCompression.MixWithTables(tables, block, n);
            StreebogCompression.MixWithMatrices(matrices, block, n);

            Assert.Equal(tables, matrices);
        }
    }

    private static ulong[] Words(Random random) =>
        [.. Enumerable.Range(0, 8).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];

    private static byte[] Reversed(string hex) => [.. Convert.FromHexString(hex).Reverse()];
}
