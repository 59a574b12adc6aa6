using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace PedAtt.Documents.Tests.Trust;

/// <summary>An authority of the tests' own that issues in the national authority's profile, and breaks it on
/// request.</summary>
public sealed class TestAuthority
{
    public const string Iin = "990228200018";
    public const string Bin = "220740000032";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Signing = ["1.3.6.1.5.5.7.3.4", "1.2.398.3.3.4.1.1"];

    private static readonly RSA PersonKey = RSA.Create(2048);

    private readonly RSA key = RSA.Create(2048);
    private int serial;

    public TestAuthority(
        string name = "ТЕСТ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ",
        TestAuthority? above = null,
        DateTimeOffset? until = null
    )
    {
        var request = new CertificateRequest(
            new X500DistinguishedName($"C=KZ, CN={name}"),
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        Certificate = above is null
            ? request.CreateSelfSigned(Now.AddYears(-5), until ?? Now.AddYears(5))
            : request
                .Create(above.Certificate, Now.AddYears(-2), until ?? Now.AddYears(2), above.NextSerial())
                .CopyWithPrivateKey(key);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>A person's certificate with its key.</summary>
    public X509Certificate2 Issue(
        string? iin = Iin,
        string? bin = null,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null,
        string[]? usages = null,
        X509KeyUsageFlags keyUsage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation,
        RSA? rsa = null,
        ECDsa? ecdsa = null,
        bool sha1 = false
    )
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.Add("2.5.4.3", "СӘРСЕНОВА ЖАНАР", UniversalTagNumber.UTF8String);
        subject.Add("2.5.4.4", "СӘРСЕНОВА", UniversalTagNumber.UTF8String);
        if (iin is not null)
            subject.Add("2.5.4.5", $"IIN{iin}", UniversalTagNumber.PrintableString);
        subject.AddCountryOrRegion("KZ");
        if (bin is not null)
            subject.Add("2.5.4.11", $"BIN{bin}", UniversalTagNumber.UTF8String);
        rsa ??= PersonKey;
        var request = ecdsa is null
            ? new CertificateRequest(subject.Build(), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject.Build(), ecdsa, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(keyUsage, critical: true));
        var extended = new OidCollection();
        foreach (var usage in usages ?? Signing)
            extended.Add(new Oid(usage));
        if (extended.Count > 0)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(extended, critical: false));
        using var certificate = request.Create(
            Certificate.SubjectName,
            sha1 ? new Sha1Generator(key) : X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1),
            from ?? Now.AddMonths(-1),
            until ?? Now.AddYears(1),
            NextSerial()
        );
        return ecdsa is null ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey(ecdsa);
    }

    public byte[] RevocationList(params X509Certificate2[] revoked)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
            list.AddEntry(certificate, Now.AddDays(-1));
        return list.Build(
            Certificate,
            1,
            Now.AddYears(1),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1,
            Now.AddDays(-1)
        );
    }

    /// <summary>.NET makes no such certificates any more.</summary>
    private sealed class Sha1Generator(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            Convert.FromHexString("300D06092A864886F70D0101050500");

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(key);
    }

    private byte[] NextSerial() => [0x10, (byte)(++serial >> 8), (byte)serial];
}

/// <summary>A CMS over some bytes, with whatever is wrong about it.</summary>
public static class Cms
{
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";

    public static byte[] Sign(byte[] content, params X509Certificate2[] signers) =>
        Sign(content, new Options(), signers);

    public static byte[] Sign(byte[] content, Options options, params X509Certificate2[] signers)
    {
        var cms = new SignedCms(new ContentInfo(new Oid(options.ContentType), content), !options.Attached);
        foreach (var certificate in signers)
        {
            var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
            {
                DigestAlgorithm = new Oid(options.Digest),
                IncludeOption = options.WithCertificate ? X509IncludeOption.EndCertOnly : X509IncludeOption.None,
            };
            if (options.Pss)
                signer.SignaturePadding = RSASignaturePadding.Pss;
            if (options.WithAttributes)
                signer.SignedAttributes.Add(new Pkcs9SigningTime(TestAuthority.Now.UtcDateTime));
            cms.ComputeSignature(signer);
        }
        return cms.Encode();
    }

    public sealed record Options(
        bool Attached = false,
        string Digest = Sha256,
        bool WithCertificate = true,
        bool WithAttributes = true,
        bool Pss = false,
        string ContentType = "1.2.840.113549.1.7.1"
    );
}
