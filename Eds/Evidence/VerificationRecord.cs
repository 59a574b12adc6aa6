using System.Text.Json;
using System.Text.Json.Serialization;

namespace PedAtt.Eds.Evidence;

/// <summary>
/// One examination of a signature, in a form that lasts: what was asked for, when, and what each check found. With the
/// document, the CMS, the certificates and the answers about revocation it can be made again, and must come out the
/// same.
/// </summary>
/// <param name="VerifierVersion"><see cref="SignatureVerifier.Version"/> of that time.</param>
/// <param name="ReceivedAt">When the server had the signature: the time of signing where there is no time
/// stamp.</param>
/// <param name="AskedAt">When the answers about revocation were fetched.</param>
/// <param name="SignedAt">The time by which the certificate was judged.</param>
public sealed record VerificationRecord(
    string VerifierVersion,
    DateTimeOffset ReceivedAt,
    DateTimeOffset AskedAt,
    SignaturePolicy Policy,
    VerdictResult Result,
    IReadOnlyList<Check> Checks,
    Signer? Signer,
    DateTimeOffset? SignedAt,
    bool IsStamped
)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
    };

    public static VerificationRecord Of(
        Verdict verdict,
        SignaturePolicy policy,
        DateTimeOffset receivedAt,
        DateTimeOffset askedAt
    ) =>
        new(
            verdict.VerifierVersion,
            receivedAt,
            askedAt,
            policy,
            verdict.Result,
            verdict.Checks,
            verdict.Signer,
            verdict.SignedAt,
            verdict.IsStamped
        );

    /// <exception cref="RefusalException">It is no such record.</exception>
    public static VerificationRecord Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<VerificationRecord>(json, Options) is { } record && record.MakesSense
                ? record
                : throw new RefusalException(
                    Refusals.Malformed,
                    "the record of a verdict is empty, or says what none could"
                );
        }
        catch (JsonException broken)
        {
            throw new RefusalException(
                Refusals.Malformed,
                $"the record of a verdict cannot be read: {broken.Message}",
                broken
            );
        }
    }

    /// <summary>Who puts a bundle together may write anything: nothing that times could be reckoned out of their range
    /// with.</summary>
    private bool MakesSense =>
        ReceivedAt.Year is > 1999 and < 3000
        && AskedAt.Year is > 1999 and < 3000
        && Policy.ClockSkew >= TimeSpan.Zero
        && Policy.ClockSkew < TimeSpan.FromDays(1)
        && Policy.OcspMaxAge >= TimeSpan.Zero
        && Policy.OcspMaxAge < TimeSpan.FromDays(366)
        && !Checks.Contains(null!)
        && !Policy.Purposes.Contains(null!)
        && !Policy.Roles.Contains(null!);

    public string ToJson() => JsonSerializer.Serialize(this, Options);
}
