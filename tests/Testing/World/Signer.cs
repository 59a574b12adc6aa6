using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace PedAtt.Testing.World;

/// <summary>A person's signing key, as the authority's clients use it: a detached CMS over exactly the bytes of a
/// document.</summary>
public sealed class Signer(X509Certificate2 certificate) : IDisposable
{
    private static readonly Oid sha256 = new("2.16.840.1.101.3.4.2.1");
    private static readonly Oid sha1 = new("1.3.14.3.2.26");

    /// <summary>One of the demonstration's own keys.</summary>
    public static Signer Demo(string demoKeys, string login) =>
        new(X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(demoKeys, $"{login}.p12"), "demo"));

    public byte[] Sign(byte[] document) => Sign(document, sha256);

    /// <summary>With the digest that nobody trusts any more.</summary>
    public byte[] SignWithSha1(byte[] document) => Sign(document, sha1);

    private byte[] Sign(byte[] document, Oid digest)
    {
        var cms = new SignedCms(new ContentInfo(document), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            DigestAlgorithm = digest,
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(DateTime.UtcNow));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    public void Dispose() => certificate.Dispose();
}

/// <summary>The authority that issues keys. The demonstration's own is trusted by the system, any other is
/// not.</summary>
public sealed class Authority(X509Certificate2 certificate) : IDisposable
{
    private const string Individual = "1.2.398.3.3.4.1.1";
    private const string LegalEntity = "1.2.398.3.3.4.1.2";
    private const string Employee = "1.2.398.3.3.4.1.2.5";
    private const string ForDocuments = "1.3.6.1.5.5.7.3.4";
    private const string ForSigningIn = "1.3.6.1.5.5.7.3.2";

    public static Authority Demo(string demoKeys) =>
        new(X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(demoKeys, "ca.p12"), "demo"));

    public static Authority Unknown()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=Nobody knows",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new(request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(1)));
    }

    /// <summary>A key for a person; with an organisation's BIN for one who signs in its name.</summary>
    public Signer Issue(
        string iin,
        string familyName,
        string givenName,
        string? bin = null,
        bool forDocuments = true,
        bool expired = false
    )
    {
        using var key = RSA.Create(2048);
        var name = new X500DistinguishedNameBuilder();
        name.Add("2.5.4.3", $"{familyName} {givenName}".ToUpperInvariant());
        name.Add("2.5.4.4", familyName.ToUpperInvariant());
        name.Add("2.5.4.5", $"IIN{iin}");
        name.Add("2.5.4.6", "KZ", System.Formats.Asn1.UniversalTagNumber.PrintableString);
        if (bin is not null)
        {
            name.Add("2.5.4.10", "Білім бөлімі");
            name.Add("2.5.4.11", $"BIN{bin}");
        }
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.DigitalSignature
                    | (forDocuments ? X509KeyUsageFlags.NonRepudiation : X509KeyUsageFlags.KeyEncipherment),
                true
            )
        );
        OidCollection usages =
        [
            new(forDocuments ? ForDocuments : ForSigningIn),
            .. bin is null ? [new(Individual)] : new Oid[] { new(LegalEntity), new(Employee) },
        ];
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, true, false)
        );
        var from = Later(certificate.NotBefore, DateTimeOffset.UtcNow.AddYears(-1));
        var until = expired ? from.AddSeconds(1) : DateTimeOffset.UtcNow.AddMonths(6);
        using var issued = request.Create(certificate, from, until, RandomNumberGenerator.GetBytes(12));
        using var withKey = issued.CopyWithPrivateKey(key);
        // A key that came from memory alone is not persisted everywhere; through PKCS#12 it is.
        return new(X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null));
    }

    public void Dispose() => certificate.Dispose();

    private static DateTimeOffset Later(DateTime one, DateTimeOffset other) =>
        one.ToUniversalTime() > other ? one.ToUniversalTime() : other;
}
