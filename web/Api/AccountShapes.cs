namespace PedAtt.Web.Api;

// The shapes of the public contract that everyone's and the administrators' pages read.

public sealed record Trust(string Profile);

/// <param name="Language">Null: the account's.</param>
public sealed record Preferences(bool Email, string? Language);

public sealed record VerifiedSigner(string Initials, string Role, string Organisation, DateTimeOffset At, string Verdict);

public sealed record VerifiedDocument(
    string Kind, string Number, DateOnly Date, string Sha256, string State, IReadOnlyList<VerifiedSigner> Signers);
