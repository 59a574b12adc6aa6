using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace PedAtt.Demonstration;

/// <summary>
/// Keys with which the demonstration's people sign: an authority of our own and a certificate for each, in the profile
/// of the national authority's (subject and usages as its certificates have them). Made on the first start, kept in the
/// data folder, never in the repository; Documents refuses to start with this authority outside Development.
/// </summary>
public static class RsaKeys
{
    public const string AuthorityName = "PedAtt demonstration authority";

    private const string Password = "demo";
    private const string CaFile = "ca.p12";

    private static readonly JsonSerializerOptions UsersJsonOptions = new(Json.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    // Extended key usages of the national authority's certificates.
    private const string EmailProtection = "1.3.6.1.5.5.7.3.4";
    private const string Individual = "1.2.398.3.3.4.1.1";
    private const string LegalEntity = "1.2.398.3.3.4.1.2";
    private const string Employee = "1.2.398.3.3.4.1.2.5";
    private const string FirstHead = "1.2.398.3.3.4.1.2.1";

    /// <summary>
    /// Makes the folder where it is missing, whole or not at all, says in users.json who is in this database, and lays
    /// the authority into the trust folder.
    /// </summary>
    /// <param name="places">The organisation of each login.</param>
    /// <param name="newcomersCode">With which the one who is not registered yet registers; null: they are.</param>
    public static void Make(
        string folder,
        string trust,
        IReadOnlyDictionary<string, Organisation> places,
        string? newcomersCode,
        DateTimeOffset now
    )
    {
        if (!File.Exists(Path.Combine(folder, CaFile)))
        {
            var making = $"{folder.TrimEnd('/')}.{Guid.NewGuid():N}";
            Directory.CreateDirectory(making);
            Write(making, places, now);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.Move(making, folder);
        }
        // The keys outlive a database; the ids of its organisations do not.
        Keep(UsersFile(folder), UsersJson(places, newcomersCode));
        var gostAuthority = GostKeys.Make(folder, places, now);
        // Where authorities lie that count in the test profile only (docs/signatures.md).
        var tests = Directory.CreateDirectory(Path.Combine(trust, "test")).FullName;
        using var ca = X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(folder, CaFile), Password);
        Keep(Path.Combine(tests, "demonstration-authority.cer"), ca.RawData);
        Keep(Path.Combine(tests, "demonstration-authority-gost.cer"), gostAuthority);
    }

    /// <summary>Writes what is not there yet, or is there otherwise; who reads meanwhile finds the old or the new one,
    /// whole.</summary>
    private static void Keep(string file, byte[] content)
    {
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(content))
            return;
        var part = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllBytes(part, content);
        File.Move(part, file, overwrite: true);
    }

    /// <summary>The activation code that users.json tells; null: none.</summary>
    public static string? KnownCode(string folder) =>
        File.Exists(UsersFile(folder))
            ? JsonSerializer
                .Deserialize<JsonElement>(File.ReadAllBytes(UsersFile(folder)))
                .EnumerateArray()
                .Select(user => user.TryGetProperty("activationCode", out var code) ? code.GetString() : null)
                .FirstOrDefault(code => code is not null)
            : null;

    private static string UsersFile(string folder) => Path.Combine(folder, "users.json");

    private static byte[] UsersJson(IReadOnlyDictionary<string, Organisation> places, string? newcomersCode) =>
        JsonSerializer.SerializeToUtf8Bytes(
            DemonstrationSet.Users.Select(user =>
            {
                var organisation = places[user.Login];
                return new
                {
                    user.Login,
                    user.Iin,
                    Organisation = new
                    {
                        organisation.Id,
                        organisation.Bin,
                        organisation.NameRu,
                    },
                    ActivationCode = user.Login == DemonstrationSet.Newcomer ? newcomersCode : null,
                };
            }),
            UsersJsonOptions
        );

    private static void Write(string folder, IReadOnlyDictionary<string, Organisation> places, DateTimeOffset now)
    {
        using var caKey = RSA.Create(2048);
        using var ca = Authority(caKey, now);
        Save(ca, CaFile);
        foreach (var user in DemonstrationSet.Users)
        {
            using var key = RSA.Create(2048);
            using var certificate = Certificate(user, places[user.Login], key, ca, now);
            Save(certificate, $"{user.Login}.p12");
        }

        void Save(X509Certificate2 certificate, string name) =>
            File.WriteAllBytes(Path.Combine(folder, name), Pkcs12(certificate));
    }

    private static X509Certificate2 Authority(RSA key, DateTimeOffset now)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCountryOrRegion("KZ");
        subject.AddCommonName($"{AuthorityName} {now:yyyy}");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
    }

    /// <summary>GIVENNAME is the patronymic in the national profile, and the CN holds family name and given
    /// name.</summary>
    public static X500DistinguishedName SubjectOf(DemonstrationUser user, Organisation organisation)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.Add("2.5.4.3", $"{user.FamilyName} {user.GivenName}".ToUpperInvariant(), UniversalTagNumber.UTF8String);
        subject.Add("2.5.4.4", user.FamilyName.ToUpperInvariant(), UniversalTagNumber.UTF8String);
        subject.Add("2.5.4.5", $"IIN{user.Iin}", UniversalTagNumber.PrintableString);
        subject.AddCountryOrRegion("KZ");
        if (user.Role != Roles.Teacher)
        {
            subject.Add("2.5.4.10", organisation.NameRu, UniversalTagNumber.UTF8String);
            subject.Add("2.5.4.11", $"BIN{organisation.Bin}", UniversalTagNumber.UTF8String);
        }
        subject.Add("2.5.4.42", user.Patronymic.ToUpperInvariant(), UniversalTagNumber.UTF8String);
        return subject.Build();
    }

    public static IReadOnlyList<string> UsagesOf(DemonstrationUser user) =>
        user.Role == Roles.Teacher
            ? [EmailProtection, Individual]
            : [EmailProtection, LegalEntity, user.Role == Roles.CommissionChair ? FirstHead : Employee];

    private static X509Certificate2 Certificate(
        DemonstrationUser user,
        Organisation organisation,
        RSA key,
        X509Certificate2 ca,
        DateTimeOffset now
    )
    {
        var request = new CertificateRequest(
            SubjectOf(user, organisation),
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation,
                critical: true
            )
        );
        var usages = new OidCollection();
        foreach (var usage in UsagesOf(user))
            usages.Add(new Oid(usage));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(ca, true, false));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        using var certificate = request.Create(ca, now.AddDays(-1), now.AddYears(5), serial);
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>AES and SHA-256 inside, which OpenSSL 3 and .NET both open.</summary>
    private static byte[] Pkcs12(X509Certificate2 certificate) =>
        certificate.ExportPkcs12(
            new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 20_000),
            Password
        );
}
