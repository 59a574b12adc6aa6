namespace PedAtt.Eds;

/// <summary>Object identifiers of Kazakhstan's National Certification Authority and of the standards it
/// follows.</summary>
public static class Oids
{
    public const string Gost512Key = "1.2.398.3.10.1.1.2.2";
    public const string Gost512Parameters = "1.2.398.3.10.1.1.2.2.1";
    public const string Gost512Signature = "1.2.398.3.10.1.1.2.3.2";
    public const string Gost256Key = "1.2.398.3.10.1.1.2.1";
    public const string Gost256Signature = "1.2.398.3.10.1.1.2.3.1";
    public const string Streebog512 = "1.2.398.3.10.1.3.3";
    public const string Streebog256 = "1.2.398.3.10.1.3.2";
    public const string Gost2004Key = "1.2.398.3.10.1.1.1.1";
    public const string Gost2004Signature = "1.2.398.3.10.1.1.1.2";
    public const string Gost311Digest = "1.2.398.3.10.1.3.1";
    public const string RsaKey = "1.2.840.113549.1.1.1";
    public const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha1 = "1.3.14.3.2.26";

    public const string CommonName = "2.5.4.3";
    public const string Surname = "2.5.4.4";
    public const string SerialNumber = "2.5.4.5";
    public const string Country = "2.5.4.6";
    public const string Organisation = "2.5.4.10";
    public const string OrganisationalUnit = "2.5.4.11";
    public const string GivenName = "2.5.4.42";

    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAlternativeName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string CrlReason = "2.5.29.21";
    public const string DeltaCrlIndicator = "2.5.29.27";
    public const string CertificatePolicies = "2.5.29.32";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";

    /// <summary>EKU of a key that authenticates.</summary>
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>EKU of a key that signs documents (e-mail protection, by its standard name).</summary>
    public const string DocumentSigning = "1.3.6.1.5.5.7.3.4";
    public const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    public const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    public const string Individual = "1.2.398.3.3.4.1.1";
    public const string LegalEntity = "1.2.398.3.3.4.1.2";
    public const string FirstHead = "1.2.398.3.3.4.1.2.1";
    public const string RightToSign = "1.2.398.3.3.4.1.2.2";
    public const string Employee = "1.2.398.3.3.4.1.2.5";

    public const string Data = "1.2.840.113549.1.7.1";
    public const string SignedData = "1.2.840.113549.1.7.2";
    public const string TimestampInfo = "1.2.840.113549.1.9.16.1.4";
    public const string ContentTypeAttribute = "1.2.840.113549.1.9.3";
    public const string MessageDigestAttribute = "1.2.840.113549.1.9.4";
    public const string SigningTimeAttribute = "1.2.840.113549.1.9.5";
    public const string SmimeCapabilitiesAttribute = "1.2.840.113549.1.9.15";
    public const string SigningCertificateAttribute = "1.2.840.113549.1.9.16.2.12";
    public const string TimestampAttribute = "1.2.840.113549.1.9.16.2.14";
    public const string SigningCertificateV2Attribute = "1.2.840.113549.1.9.16.2.47";

    public const string OcspBasic = "1.3.6.1.5.5.7.48.1.1";
    public const string OcspNonce = "1.3.6.1.5.5.7.48.1.2";
}
