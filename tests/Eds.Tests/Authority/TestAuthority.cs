using System.Formats.Asn1;
using System.Numerics;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Revocation;

namespace PedAtt.Eds.Tests.Authority;

/// <summary>
/// A certification authority like Kazakhstan's: a root, an issuing authority, a person, an official, a time-stamp
/// authority and an OCSP responder. Everything in GOST, or everything in RSA.
/// </summary>
public sealed class TestAuthority
{
    public static readonly DateTimeOffset Founded = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The frozen clock of the tests.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public const string Iin = "850615100017";
    public const string Bin = "971240001315";

    private static readonly Lazy<TestAuthority> SharedGost = new(() => new TestAuthority(TestKey.Gost));
    private static readonly Lazy<TestAuthority> SharedRsa = new(() => new TestAuthority(_ => TestKey.Rsa()));

    private readonly Func<string, TestKey> _newKey;

    private TestAuthority(Func<string, TestKey> newKey)
    {
        _newKey = newKey;
        Root = new TestCertificate(AuthorityTemplate("root", "СЫНАҚ НЕГІЗГІ ОРТАЛЫҚ") with { PathLength = 1 }, null);
        Issuing = new TestCertificate(
            AuthorityTemplate("issuing", "СЫНАҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ") with
            {
                PathLength = 0,
                SerialNumber = 2,
            },
            Root
        );
        Person = Issue(PersonTemplate());
        Official = Issue(OfficialTemplate());
        Stamping = Issue(StampingTemplate());
        Responder = Issue(ResponderTemplate());
        Trust = new TrustAnchors([Root.Certificate], [Issuing.Certificate]);
    }

    public static TestAuthority Gost => SharedGost.Value;

    public static TestAuthority Rsa => SharedRsa.Value;

    public TestCertificate Root { get; }

    public TestCertificate Issuing { get; }

    public TestCertificate Person { get; }

    public TestCertificate Official { get; }

    public TestCertificate Stamping { get; }

    public TestCertificate Responder { get; }

    public TrustAnchors Trust { get; }

    public TestCertificate Issue(Template template) => new(template, Issuing);

    public Template AuthorityTemplate(string seed, string name) =>
        new()
        {
            Key = _newKey(seed),
            Subject = [(Oids.CommonName, name), (Oids.Country, "KZ")],
            IsAuthority = true,
            KeyUsage = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
        };

    public Template PersonTemplate() =>
        new()
        {
            Key = _newKey("person"),
            SerialNumber = BigInteger.Parse("123456789012345678901234567890"),
            Subject =
            [
                (Oids.CommonName, "СЫНАҚОВА АЙГҮЛ"),
                (Oids.Surname, "СЫНАҚОВА"),
                (Oids.SerialNumber, "IIN" + Iin),
                (Oids.Country, "KZ"),
                (Oids.GivenName, "СЫНАҚҚЫЗЫ"),
            ],
            NotAfter = Now.AddMonths(3),
            KeyUsage = KeyUsages.DigitalSignature | KeyUsages.NonRepudiation,
            Purposes = [Oids.DocumentSigning, Oids.Individual],
        };

    public Template OfficialTemplate() =>
        PersonTemplate() with
        {
            Key = _newKey("official"),
            SerialNumber = 4,
            Subject =
            [
                (Oids.CommonName, "БАСТЫҚОВ БОЛАТ"),
                (Oids.Surname, "БАСТЫҚОВ"),
                (Oids.SerialNumber, "IIN" + Iin),
                (Oids.Country, "KZ"),
                (Oids.Organisation, "\"Сынақ\" КММ"),
                (Oids.OrganisationalUnit, "BIN" + Bin),
            ],
            Purposes = [Oids.DocumentSigning, Oids.LegalEntity, Oids.RightToSign],
        };

    public Template StampingTemplate() =>
        new()
        {
            Key = _newKey("stamping"),
            SerialNumber = 5,
            Subject = [(Oids.CommonName, "УАҚЫТ БЕЛГІСІ"), (Oids.Country, "KZ")],
            KeyUsage = KeyUsages.DigitalSignature | KeyUsages.NonRepudiation,
            Purposes = [Oids.TimeStamping],
        };

    public Template ResponderTemplate() =>
        new()
        {
            Key = _newKey("responder"),
            SerialNumber = 6,
            Subject = [(Oids.CommonName, "OCSP RESPONDER"), (Oids.Country, "KZ")],
            KeyUsage = KeyUsages.DigitalSignature,
            Purposes = [Oids.OcspSigning],
        };

    /// <summary>OCSP for the person, CRLs of both authorities: all is well.</summary>
    public RevocationEvidence AllGood(TestCertificate? about = null) =>
        new([Ocsp(about ?? Person)], [Crl(Issuing), Crl(Root)]);

    public static byte[] Crl(
        TestCertificate of,
        BigInteger? revoked = null,
        DateTimeOffset? revokedAt = null,
        int? cause = null,
        DateTimeOffset? thisUpdate = null,
        DateTimeOffset? nextUpdate = null,
        string? criticalExtension = null,
        TestKey? signedBy = null
    ) =>
        TestCertificate.Sign(
            signedBy ?? of.Key,
            writer =>
                writer.Sequence(() =>
                {
                    writer.WriteInteger(1);
                    (signedBy ?? of.Key).WriteSignatureAlgorithm(writer);
                    writer.WriteEncodedValue(of.Name);
                    writer.WriteUtcTime(thisUpdate ?? Now.AddHours(-1));
                    writer.WriteUtcTime(nextUpdate ?? Now.AddDays(1));
                    writer.Sequence(() =>
                    {
                        WriteEntry(writer, 77, Now.AddDays(-9), 4);
                        if (revoked is { } serial)
                        {
                            WriteEntry(writer, serial, revokedAt ?? Now.AddDays(-2), cause);
                        }
                    });
                    writer.Tagged(
                        0,
                        () =>
                            writer.Sequence(() =>
                            {
                                writer.Extension("2.5.29.20", false, inner => inner.WriteInteger(7));
                                if (criticalExtension is not null)
                                {
                                    writer.Extension(criticalExtension, true, inner => inner.WriteInteger(6));
                                }
                            })
                    );
                })
        );

    public byte[] Ocsp(
        TestCertificate about,
        DateTimeOffset? revokedAt = null,
        int? cause = null,
        bool unknown = false,
        DateTimeOffset? thisUpdate = null,
        DateTimeOffset? nextUpdate = null,
        TestCertificate? responder = null,
        TestCertificate? issuer = null,
        byte[]? nonce = null,
        bool withCertificate = true
    )
    {
        responder ??= Responder;
        issuer ??= Issuing;
        var basic = TestCertificate.Sign(
            responder.Key,
            writer =>
                writer.Sequence(() =>
                {
                    writer.Tagged(1, () => writer.WriteEncodedValue(responder.Name));
                    writer.WriteGeneralizedTime(thisUpdate ?? Now.AddMinutes(-1), omitFractionalSeconds: true);
                    writer.Sequence(() =>
                        writer.Sequence(() =>
                        {
                            writer.Sequence(() =>
                            {
                                writer.Sequence(() => writer.Oid(Oids.Sha256).WriteNull());
                                writer.WriteOctetString(System.Security.Cryptography.SHA256.HashData(issuer.Name));
                                writer.WriteOctetString(
                                    System.Security.Cryptography.SHA256.HashData(issuer.Key.KeyBits)
                                );
                                writer.WriteInteger(about.SerialNumber);
                            });
                            WriteStatus(writer, revokedAt, cause, unknown);
                            writer.WriteGeneralizedTime(thisUpdate ?? Now.AddMinutes(-1), omitFractionalSeconds: true);
                            if (nextUpdate is { } next)
                            {
                                writer.Tagged(0, () => writer.WriteGeneralizedTime(next, omitFractionalSeconds: true));
                            }
                        })
                    );
                    writer.Tagged(
                        1,
                        () =>
                            writer.Sequence(() =>
                                writer.Extension(
                                    Oids.OcspNonce,
                                    false,
                                    inner => inner.WriteOctetString(nonce ?? [1, 2, 3, 4, 5, 6, 7, 8])
                                )
                            )
                    );
                }),
            writer =>
            {
                if (withCertificate)
                {
                    writer.Tagged(0, () => writer.Sequence(() => writer.WriteEncodedValue(responder.Encoded)));
                }
            }
        );
        return Writing.Encode(writer =>
            writer.Sequence(() =>
            {
                writer.WriteEnumeratedValue(OcspResponseStatus.Successful);
                writer.Tagged(0, () => writer.Sequence(() => writer.Oid(Oids.OcspBasic).WriteOctetString(basic)));
            })
        );
    }

    private static void WriteStatus(AsnWriter writer, DateTimeOffset? revokedAt, int? cause, bool unknown)
    {
        if (revokedAt is { } at)
        {
            writer.Tagged(
                1,
                () =>
                {
                    writer.WriteGeneralizedTime(at, omitFractionalSeconds: true);
                    if (cause is { } given)
                    {
                        writer.Tagged(0, () => writer.WriteEncodedValue([10, 1, (byte)given]));
                    }
                }
            );
        }
        else
        {
            writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, unknown ? 2 : 0));
        }
    }

    private static void WriteEntry(AsnWriter writer, BigInteger serialNumber, DateTimeOffset at, int? cause) =>
        writer.Sequence(() =>
        {
            writer.WriteInteger(serialNumber);
            writer.WriteUtcTime(at);
            if (cause is { } given)
            {
                writer.Sequence(() =>
                    writer.Extension(Oids.CrlReason, false, inner => inner.WriteEncodedValue([10, 1, (byte)given]))
                );
            }
        });

    private enum OcspResponseStatus
    {
        Successful = 0,
    }
}
