using System.Text.RegularExpressions;

namespace PedAtt.Documents.Trust;

/// <summary>Whose signatures count: real people's, or also those of test and demonstration keys.</summary>
public enum TrustProfile
{
    Production,
    Test,
}

/// <param name="Folder">Holds the folders <c>production</c> and <c>test</c>; what lies beside them counts in either
/// profile.</param>
/// <param name="Fingerprints">SHA-256 of the authorities that count in production, each checked by a person.</param>
public sealed partial record TrustSettings(
    string? Folder,
    TrustProfile Profile,
    bool IsDevelopment,
    IReadOnlySet<string> Fingerprints
)
{
    /// <summary><c>PEDATT_TRUST</c>, <c>Trust:Profile</c> and <c>Trust:Fingerprints</c>, with or without colons,
    /// separated by anything else.</summary>
    /// <exception cref="InvalidOperationException">An unknown profile, or the test profile outside
    /// Development.</exception>
    public static TrustSettings From(IConfiguration configuration, IHostEnvironment environment)
    {
        var profile = configuration["Trust:Profile"] switch
        {
            null or "" => environment.IsDevelopment() ? TrustProfile.Test : TrustProfile.Production,
            "production" => TrustProfile.Production,
            "test" => TrustProfile.Test,
            var other => throw new InvalidOperationException(
                $"Trust:Profile is {other}, and must be production or test."
            ),
        };
        if (profile == TrustProfile.Test && !environment.IsDevelopment())
            throw new InvalidOperationException("Trust:Profile is test: outside Development no test key may sign.");
        return new(
            configuration["PEDATT_TRUST"],
            profile,
            environment.IsDevelopment(),
            ReadFingerprints(configuration["Trust:Fingerprints"] ?? "")
        );
    }

    public static IReadOnlySet<string> ReadFingerprints(string text) =>
        Fingerprint()
            .Matches(text)
            .Select(match => match.Value.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant())
            .ToHashSet();

    [GeneratedRegex("(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:])")]
    private static partial Regex Fingerprint();
}
