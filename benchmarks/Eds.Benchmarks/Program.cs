using System.Diagnostics;
using System.Security.Cryptography;
using PedAtt.Eds.Benchmarks;
using PedAtt.Eds.Gost;

// Our verification and hash beside those of OpenSSL with gost-engine, in one run, turn by turn, so that whatever else
// the machine does slows both. Ratios below 1 mean that ours takes less time.
const string key =
    "33c878e827f2fd2e8c74b0e7284315da0473eb7340b023baf4a2e00f3cf63cd22421474dbeaec9b0e55820df8181a07e"
    + "43ea6a42d672c0df0d846fa2495504babf5f2e0ed061320109edfc00e5eb4f3107cb85a128e93e3fe7ddf74486c37d8c"
    + "12172d060c71384c64193c5437cd548e8b9413b1b21d479ee615164363765d4e";
const string signature =
    "582ff57567838cc8649fc7763701f337dab155258790bb24dd103dfc0cc5cd52d94aee181afa3bfbfd3a1f8b363f1cee"
    + "e95832ecdebbf102a74d86c049063d6bdd75a2ef0b6b29b259f735268f9e0dbc366fed67bc99d4d9c1cf7f920d5a5e97"
    + "051a27ebc46a69170fe74c103fde0ea609a97b9558a49a680382d8e1ae9aa8cb";
const int rounds = 40;

var message = Enumerable.Repeat((byte)'a', 50).ToArray();
var digest = Streebog.Hash512(message);
var keyBytes = Convert.FromHexString(key);
var signatureBytes = Convert.FromHexString(signature);
var large = new byte[4 << 20];
Random.Shared.NextBytes(large);
using var rsa = RSA.Create(2048);
var sha = SHA256.HashData(message);
var rsaSignature = rsa.SignHash(sha, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

using var engine = GostEngine.Open(keyBytes);
if (!engine.Hash(large).SequenceEqual(Streebog.Hash512(large)) || !engine.Verify(digest, signatureBytes))
{
    throw new InvalidOperationException("the two do not agree");
}

var ours = GostPublicKey.Read(keyBytes);
var rows = new (string Name, int Times, Func<bool> Ours, Func<bool>? Theirs)[]
{
    (
        "GOST 34.10-2015 (512), one verification",
        20,
        () => ours.Verify(digest, signatureBytes),
        () => engine.Verify(digest, signatureBytes)
    ),
    ("the same with reading the key", 20, () => GostPublicKey.Read(keyBytes).Verify(digest, signatureBytes), null),
    (
        "RSA-2048, SHA-256, one verification",
        200,
        () => rsa.VerifyHash(sha, rsaSignature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        null
    ),
    ("Streebog-512, 4 MiB", 1, () => Streebog.Hash512(large).Length == 64, () => engine.Hash(large).Length == 64),
};
Console.WriteLine("| what | ours, µs | gost-engine, µs | ratio |");
Console.WriteLine("|---|---|---|---|");
foreach (var (name, times, mine, theirs) in rows)
{
    double best = double.MaxValue,
        other = double.MaxValue;
    for (var round = 0; round < rounds; round++)
    {
        best = Math.Min(best, Time(mine, times));
        if (theirs is not null)
        {
            other = Math.Min(other, Time(theirs, times));
        }
    }
    Console.WriteLine(
        theirs is null ? $"| {name} | {best:F0} | | |" : $"| {name} | {best:F0} | {other:F0} | {best / other:F2} |"
    );
}

static double Time(Func<bool> work, int times)
{
    var clock = Stopwatch.StartNew();
    for (var i = 0; i < times; i++)
    {
        if (!work())
        {
            throw new InvalidOperationException("a good signature was refused");
        }
    }
    return clock.Elapsed.TotalMicroseconds / times;
}
