using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace PedAtt.Eds.Tests.Authority;

/// <summary>A demonstration's GOST key (<c>&lt;login&gt;.gost.json</c>, docs/signatures.md), ready to sign or to
/// issue.</summary>
public static class GostFile
{
    public static TestCertificate Read(string demoKeys, string login)
    {
        var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(demoKeys, $"{login}.gost.json"))).RootElement;
        var number = BigInteger.Parse(
            "0" + file.GetProperty("privateKey").GetString(),
            NumberStyles.HexNumber,
            CultureInfo.InvariantCulture
        );
        var pem = System.Text.Encoding.ASCII.GetBytes(file.GetProperty("certificate").GetString()!);
        return new TestCertificate(TestKey.Gost(number), Certificates.Certificate.Read(pem).Encoded.ToArray());
    }
}
