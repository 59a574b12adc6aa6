using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using PedAtt.Identity.Data;
using PedAtt.ServiceDefaults;

namespace PedAtt.Identity.Demonstration;

/// <summary>
/// Keys with which the demonstration's people sign: an authority of our own and a certificate for each, in the profile of the
/// national authority's (subject and usages as its certificates have them). Made on the first start, kept in the data folder,
/// never in the repository; Documents refuses to start with this authority outside Development.
/// </summary>
public static class DemonstrationKeys
{
    public const string AuthorityName = "PedAtt demonstration authority";

    private const string Password = "demo";
    private const string CaFile = "ca.p12";

    // Extended key usages of the national authority's certificates.
    private const string EmailProtection = "1.3.6.1.5.5.7.3.4";
    private const string Individual = "1.2.398.3.3.4.1.1";
    private const string LegalEntity = "1.2.398.3.3.4.1.2";
    private const string Employee = "1.2.398.3.3.4.1.2.5";
    private const string FirstHead = "1.2.398.3.3.4.1.2.1";

    public static string Folder(IConfiguration configuration) =>
        configuration["PEDATT_DEMO_KEYS"] is { Length: > 0 } folder
            ? folder
            : Path.Combine(configuration["PEDATT_DATA"] is { Length: > 0 } data ? data : "data", "demo-keys");

    /// <summary>Makes the folder where it is missing, whole or not at all, and lays the authority into the trust folder.</summary>
    public static void Make(string folder, string? trust, IReadOnlyList<Organisation> organisations, DateTimeOffset now)
    {
        if (!File.Exists(Path.Combine(folder, CaFile)))
        {
            var making = $"{folder.TrimEnd('/')}.{Guid.NewGuid():N}";
            Directory.CreateDirectory(making);
            Write(making, organisations, now);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.Move(making, folder);
        }
        if (trust is not { Length: > 0 })
            return;
        Directory.CreateDirectory(trust);
        var anchor = Path.Combine(trust, "demonstration-authority.cer");
        using var ca = X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(folder, CaFile), Password);
        if (!File.Exists(anchor) || !File.ReadAllBytes(anchor).AsSpan().SequenceEqual(ca.RawData))
        {
            var part = $"{anchor}.{Guid.NewGuid():N}";
            File.WriteAllBytes(part, ca.RawData);
            File.Move(part, anchor, overwrite: true);
        }
    }

    private static void Write(string folder, IReadOnlyList<Organisation> organisations, DateTimeOffset now)
    {
        using var caKey = RSA.Create(2048);
        using var ca = Authority(caKey, now);
        Save(ca, CaFile);
        foreach (var user in DemonstrationSet.Users)
        {
            using var key = RSA.Create(2048);
            using var certificate = Certificate(user, organisations.Single(one => one.Bin == user.OrganisationBin), key, ca, now);
            Save(certificate, $"{user.Login}.p12");
        }
        File.WriteAllText(Path.Combine(folder, "users.json"), JsonSerializer.Serialize(
            DemonstrationSet.Users.Select(user =>
            {
                var organisation = organisations.Single(one => one.Bin == user.OrganisationBin);
                return new { user.Login, user.Iin, Organisation = new { organisation.Id, organisation.Bin, organisation.NameRu } };
            }), Json.Options));

        void Save(X509Certificate2 certificate, string name) => File.WriteAllBytes(Path.Combine(folder, name), Pkcs12(certificate));
    }

    private static X509Certificate2 Authority(RSA key, DateTimeOffset now)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCountryOrRegion("KZ");
        subject.AddCommonName($"{AuthorityName} {now:yyyy}");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
    }

    /// <summary>GIVENNAME is the patronymic in the national profile, and the CN holds family name and given name.</summary>
    private static X509Certificate2 Certificate(
        DemonstrationUser user, Organisation organisation, RSA key, X509Certificate2 ca, DateTimeOffset now)
    {
        var official = user.Role != Roles.Teacher;
        var subject = new X500DistinguishedNameBuilder();
        subject.Add("2.5.4.3", $"{user.FamilyName} {user.GivenName}".ToUpperInvariant(), UniversalTagNumber.UTF8String);
        subject.Add("2.5.4.4", user.FamilyName.ToUpperInvariant(), UniversalTagNumber.UTF8String);
        subject.Add("2.5.4.5", $"IIN{user.Iin}", UniversalTagNumber.PrintableString);
        subject.AddCountryOrRegion("KZ");
        if (official)
        {
            subject.Add("2.5.4.10", organisation.NameRu, UniversalTagNumber.UTF8String);
            subject.Add("2.5.4.11", $"BIN{organisation.Bin}", UniversalTagNumber.UTF8String);
        }
        subject.Add("2.5.4.42", user.Patronymic.ToUpperInvariant(), UniversalTagNumber.UTF8String);

        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        OidCollection usages = [new Oid(EmailProtection)];
        foreach (var usage in !official ? (string[])[Individual]
            : [LegalEntity, user.Role == Roles.CommissionChair ? FirstHead : Employee])
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
            new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 20_000), Password);
}
