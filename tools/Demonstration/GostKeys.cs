using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace PedAtt.Demonstration;

/// <summary>
/// The demonstration's keys once more, in the algorithm that the national authority issues today. .NET writes no PKCS
/// #12 with it, so
/// each is a <c>&lt;login&gt;.gost.json</c>, the authority <c>ca.gost.json</c>: of use to browser tests and to nobody
/// else.
/// </summary>
public static class GostKeys
{
    private const string CaFile = "ca.gost.json";

    /// <param name="Certificate">PEM.</param>
    /// <param name="PrivateKey">The number d of RFC 7091, 128 hexadecimal digits, the most significant first.</param>
    public sealed record KeyFile(string Algorithm, string Certificate, string PrivateKey);

    /// <summary>Makes what is missing beside the RSA keys.</summary>
    /// <param name="places">The organisation of each login.</param>
    /// <returns>The authority's certificate, DER.</returns>
    public static byte[] Make(string folder, IReadOnlyDictionary<string, Organisation> places, DateTimeOffset now)
    {
        var file = Path.Combine(folder, CaFile);
        if (!File.Exists(file))
            Write(folder, places, now);
        var known = JsonSerializer.Deserialize<KeyFile>(File.ReadAllBytes(file), Json.Options)!;
        return Convert.FromBase64String(known.Certificate[PemEncoding.Find(known.Certificate).Base64Data]);
    }

    /// <summary>The authority last: where its file is, all are.</summary>
    private static void Write(string folder, IReadOnlyDictionary<string, Organisation> places, DateTimeOffset now)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCountryOrRegion("KZ");
        name.AddCommonName($"{RsaKeys.AuthorityName} (GOST) {now:yyyy}");
        var (authority, caKey) = (name.Build(), GostKey.New());
        foreach (var user in DemonstrationSet.Users)
        {
            var key = GostKey.New();
            Save(
                $"{user.Login}.gost.json",
                key,
                GostCertificate.Issue(
                    RsaKeys.SubjectOf(user, places[user.Login]),
                    key,
                    authority,
                    caKey,
                    RsaKeys.UsagesOf(user),
                    now.AddDays(-1),
                    now.AddYears(5)
                )
            );
        }
        Save(
            CaFile,
            caKey,
            GostCertificate.Issue(authority, caKey, authority, caKey, [], now.AddDays(-1), now.AddYears(10))
        );

        void Save(string file, GostKey key, byte[] certificate)
        {
            var part = Path.Combine(folder, $"{file}.{Guid.NewGuid():N}");
            File.WriteAllBytes(
                part,
                JsonSerializer.SerializeToUtf8Bytes(
                    new KeyFile(
                        "GOST 34.10-2015, id-tc26-gost-3410-12-512-paramSetA",
                        PemEncoding.WriteString("CERTIFICATE", certificate),
                        key.Number.ToString("X129", CultureInfo.InvariantCulture)[^128..]
                    ),
                    Json.Options
                )
            );
            File.Move(part, Path.Combine(folder, file), overwrite: true);
        }
    }
}
