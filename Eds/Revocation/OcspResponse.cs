using System.Formats.Asn1;
using System.Security.Cryptography;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Encoding;

namespace PedAtt.Eds.Revocation;

/// <summary>A basic OCSP response (RFC 6960), strictly DER.</summary>
public sealed class OcspResponse
{
    private const int MostCertificates = 8;

    private readonly AlgorithmIdentifier _signatureAlgorithm;
    private readonly ReadOnlyMemory<byte> _tbs;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly DistinguishedName? _responderName;
    private readonly ReadOnlyMemory<byte> _responderKey;
    private readonly List<Answer> _answers = [];
    private readonly List<Certificate> _certificates = [];

    private OcspResponse(AsnReader reader)
    {
        var basic = reader.ReadSequence();
        _tbs = basic.PeekEncodedValue();
        var tbs = basic.ReadSequence();
        _signatureAlgorithm = AlgorithmIdentifier.Read(basic);
        _signature = Certificate.ReadWholeBytes(basic);
        if (basic.HasData)
        {
            var outer = basic.ReadSequence(Der.Context(0));
            var certificates = outer.ReadSequence();
            while (certificates.HasData)
            {
                _certificates.Add(Certificate.Parse(certificates.ReadEncodedValue()));
                if (_certificates.Count > MostCertificates)
                {
                    throw new RefusalException(Refusals.TooLarge, "the OCSP response carries too many certificates");
                }
            }
            outer.ThrowIfNotEmpty();
        }
        basic.ThrowIfNotEmpty();

        // version [0] DEFAULT v1: DER leaves it out, and there is no other.
        if (tbs.NextIs(Der.Context(1)))
        {
            var name = tbs.ReadSequence(Der.Context(1));
            _responderName = DistinguishedName.Read(name);
            name.ThrowIfNotEmpty();
        }
        else
        {
            var key = tbs.ReadSequence(Der.Context(2));
            _responderKey = key.ReadOctetString();
            key.ThrowIfNotEmpty();
        }
        ProducedAt = tbs.ReadGeneralizedTime();
        var answers = tbs.ReadSequence();
        while (answers.HasData)
        {
            _answers.Add(Answer.Read(answers.ReadSequence()));
        }
        if (tbs.HasData)
        {
            var outer = tbs.ReadSequence(Der.Context(1));
            foreach (var (oid, critical, value) in Extension.ReadAll(outer.ReadSequence()))
            {
                if (oid == Oids.OcspNonce)
                {
                    Nonce = ReadNonce(value);
                }
                else if (critical)
                {
                    throw Der.Malformed($"the OCSP response has the critical extension {oid}");
                }
            }
            outer.ThrowIfNotEmpty();
        }
        tbs.ThrowIfNotEmpty();
    }

    public DateTimeOffset ProducedAt { get; }

    public ReadOnlyMemory<byte>? Nonce { get; private set; }

    public static OcspResponse Parse(ReadOnlyMemory<byte> der)
    {
        var basic = Der.Read(
            der,
            "the OCSP response",
            reader =>
            {
                var response = reader.ReadSequence();
                var status = response.ReadEnumeratedBytes();
                if (!status.Span.SequenceEqual<byte>([0]))
                {
                    throw Der.Malformed("the OCSP responder did not answer");
                }
                var outer = response.ReadSequence(Der.Context(0));
                response.ThrowIfNotEmpty();
                var typed = outer.ReadSequence();
                outer.ThrowIfNotEmpty();
                var type = typed.ReadObjectIdentifier();
                var bytes = typed.ReadOctetString();
                typed.ThrowIfNotEmpty();
                return type == Oids.OcspBasic ? bytes : throw Der.Malformed($"the OCSP response is of the type {type}");
            }
        );
        return Der.Read(basic, "the OCSP response", reader => new OcspResponse(reader));
    }

    /// <summary>
    /// Whether the issuer itself, or somebody to whom it gave the right by a certificate for OCSP signing, made this
    /// response.
    /// </summary>
    /// <exception cref="RefusalException">It did not, with the reason.</exception>
    public void RequireResponderOf(Certificate issuer)
    {
        if (IsNamed(issuer))
        {
            RequireSignature(issuer);
            return;
        }
        var responder =
            _certificates.Find(IsNamed)
            ?? throw new RefusalException(
                Refusals.SignerCertificateMissing,
                "the OCSP responder's certificate is not there"
            );
        if (!responder.Issuer.IsSameAs(issuer.Subject) || !responder.IsSignedBy(issuer))
        {
            throw new RefusalException(
                Refusals.IssuerSignature,
                $"{responder.Subject} answers without {issuer.Subject}'s certificate"
            );
        }
        if (
            !responder.Purposes.Contains(Oids.OcspSigning)
            || responder.KeyUsage?.HasFlag(KeyUsages.DigitalSignature) == false
            || responder.UnknownCritical.Count > 0
        )
        {
            throw new RefusalException(Refusals.Purpose, $"{responder.Subject} may not sign OCSP responses");
        }
        if (Chain.WhyNotValid(responder, ProducedAt) is { } notValid)
        {
            throw notValid;
        }
        RequireSignature(responder);
    }

    /// <summary>What it says about a certificate of this issuer, the worst if several; none when it says
    /// nothing.</summary>
    public OcspAnswer? Find(Certificate certificate, Certificate issuer)
    {
        var given = _answers.FindAll(answer => answer.IsAbout(certificate, issuer)).ConvertAll(answer => answer.Given);
        return given.Find(answer => answer.Status == RevocationStatus.Revoked)
            ?? given.Find(answer => answer.Status == RevocationStatus.Unavailable)
            ?? given.MinBy(answer => answer.ThisUpdate);
    }

    private void RequireSignature(Certificate responder)
    {
        if (!responder.HasSigned(_signatureAlgorithm, _tbs.Span, _signature.Span))
        {
            throw new RefusalException(
                Refusals.SignatureWrong,
                $"the OCSP response's signature is not that of {responder.Subject}"
            );
        }
    }

#pragma warning disable CA5350 // RFC 6960 names a responder by the SHA-1 of its key; the signature is what is believed.
    private bool IsNamed(Certificate responder) =>
        _responderName is not null
            ? responder.Subject.IsSameAs(_responderName)
            : _responderKey.Span.SequenceEqual(SHA1.HashData(responder.KeyBytes.Span));
#pragma warning restore CA5350

    /// <summary>An OCTET STRING by the standard; some responders leave the inner header out.</summary>
    private static ReadOnlyMemory<byte> ReadNonce(ReadOnlyMemory<byte> value)
    {
        try
        {
            var reader = new AsnReader(value, AsnEncodingRules.DER);
            var nonce = reader.ReadOctetString();
            reader.ThrowIfNotEmpty();
            return nonce;
        }
        catch (AsnContentException)
        {
            return value;
        }
    }

    private sealed record Answer(
        string HashOid,
        ReadOnlyMemory<byte> NameHash,
        ReadOnlyMemory<byte> KeyHash,
        ReadOnlyMemory<byte> SerialNumber,
        OcspAnswer Given
    )
    {
        public static Answer Read(AsnReader answer)
        {
            var id = answer.ReadSequence();
            var hash = AlgorithmIdentifier.Read(id);
            var nameHash = id.ReadOctetString();
            var keyHash = id.ReadOctetString();
            var serialNumber = id.ReadIntegerBytes();
            id.ThrowIfNotEmpty();

            var status = RevocationStatus.Unavailable;
            DateTimeOffset? revokedAt = null;
            int? cause = null;
            var tag = answer.PeekTag();
            if (tag.HasSameClassAndValue(Der.Context(0)))
            {
                answer.ReadNull(Der.Context(0, constructed: false));
                status = RevocationStatus.Good;
            }
            else if (tag.HasSameClassAndValue(Der.Context(1)))
            {
                var revoked = answer.ReadSequence(Der.Context(1));
                status = RevocationStatus.Revoked;
                revokedAt = revoked.ReadGeneralizedTime();
                if (revoked.HasData)
                {
                    var outer = revoked.ReadSequence(Der.Context(0));
                    cause = RevocationReason.Read(outer);
                    outer.ThrowIfNotEmpty();
                }
                revoked.ThrowIfNotEmpty();
            }
            else
            {
                answer.ReadNull(Der.Context(2, constructed: false));
            }
            var thisUpdate = answer.ReadGeneralizedTime();
            DateTimeOffset? nextUpdate = null;
            if (answer.NextIs(Der.Context(0)))
            {
                var outer = answer.ReadSequence(Der.Context(0));
                nextUpdate = outer.ReadGeneralizedTime();
                outer.ThrowIfNotEmpty();
            }
            if (answer.HasData)
            {
                var outer = answer.ReadSequence(Der.Context(1));
                if (Extension.ReadAll(outer.ReadSequence()).Find(extension => extension.Critical).Oid is { } critical)
                {
                    throw Der.Malformed($"the OCSP answer has the critical extension {critical}");
                }
                outer.ThrowIfNotEmpty();
            }
            answer.ThrowIfNotEmpty();
            return new Answer(
                hash.Oid,
                nameHash,
                keyHash,
                serialNumber,
                new OcspAnswer(status, revokedAt, cause, thisUpdate, nextUpdate)
            );
        }

        public bool IsAbout(Certificate certificate, Certificate issuer) =>
            SerialNumber.Span.SequenceEqual(certificate.SerialNumber.Span)
            && HashOid is Oids.Sha1 or Oids.Sha256 or Oids.Streebog256 or Oids.Streebog512
            && NameHash.Span.SequenceEqual(Algorithms.IdentifyingHash(HashOid, issuer.Subject.Encoded.Span))
            && KeyHash.Span.SequenceEqual(Algorithms.IdentifyingHash(HashOid, issuer.KeyBytes.Span));
    }
}

/// <summary>One answer of an OCSP response; "unknown" is unavailable.</summary>
public sealed record OcspAnswer(
    RevocationStatus Status,
    DateTimeOffset? RevokedAt,
    int? Cause,
    DateTimeOffset ThisUpdate,
    DateTimeOffset? NextUpdate
);
