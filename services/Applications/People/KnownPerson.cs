namespace PedAtt.Applications.People;

/// <summary>
/// Whose IIN an account has, as Identity said it last: what was imported by IIN is found through it. A claimed IIN
/// opens nothing that is older than the account.
/// </summary>
public sealed class KnownPerson
{
    public required Guid Id { get; init; }

    public required string Iin { get; init; }

    /// <summary>Whether it is known that the account's holder is the person whose IIN it has.</summary>
    public required bool Proven { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }
}
