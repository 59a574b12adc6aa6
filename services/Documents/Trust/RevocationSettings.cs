using PedAtt.Eds;

namespace PedAtt.Documents.Trust;

/// <summary>Whom to ask whether a certificate was revoked, and what to do until somebody answers. Addresses in
/// certificates are never used.</summary>
/// <param name="WhenUnavailable">Wait: the signature counts and its verdict is pending; accept: it is valid, and asked
/// about all the same.</param>
/// <param name="AskAgainAfter">A "good" is asked about once more after that time: authorities publish a revocation
/// later than it was reported.</param>
public sealed record RevocationSettings(
    IReadOnlyList<Uri> Ocsp,
    IReadOnlyList<Uri> Crls,
    UnavailableRule WhenUnavailable,
    TimeSpan AskAgainAfter,
    TimeSpan Patience
)
{
    public bool HasAddresses => Ocsp.Count + Crls.Count > 0;

    /// <summary>
    /// <c>Revocation:Ocsp</c> and <c>Revocation:Crls</c> (addresses, separated by a space or ;),
    /// <c>Revocation:WhenUnavailable</c>
    /// (wait or accept; accept in the test profile, else wait), <c>Revocation:AskAgainAfter</c> and
    /// <c>Revocation:Patience</c> (how long
    /// a person waits for the answers).
    /// </summary>
    /// <exception cref="InvalidOperationException">A value is none of these.</exception>
    public static RevocationSettings From(IConfiguration configuration, TrustProfile profile)
    {
        var section = configuration.GetSection("Revocation");
        return new(
            Addresses("Ocsp"),
            Addresses("Crls"),
            section["WhenUnavailable"] switch
            {
                null or "" => profile == TrustProfile.Test ? UnavailableRule.Accepts : UnavailableRule.Waits,
                "wait" => UnavailableRule.Waits,
                "accept" => UnavailableRule.Accepts,
                var other => throw new InvalidOperationException(
                    $"Revocation:WhenUnavailable is {other}, and must be wait or accept."
                ),
            },
            section.GetValue("AskAgainAfter", TimeSpan.FromHours(24)),
            section.GetValue("Patience", TimeSpan.FromSeconds(10))
        );

        Uri[] Addresses(string key) =>
            [
                .. (section[key] ?? "")
                    .Split([' ', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(text =>
                        Uri.TryCreate(text, UriKind.Absolute, out var address)
                        && (address.Scheme == "http" || address.Scheme == "https")
                            ? address
                            : throw new InvalidOperationException(
                                $"Revocation:{key} holds {text}, which is no address."
                            )
                    ),
            ];
    }
}
