namespace PedAtt.Contracts;

/// <summary>
/// An organisation was added to the tree or its data changed. Carries the whole of it: what is older than what was
/// applied is ignored. An organisation never moves in the tree, so <paramref name="Path"/> is the same in every
/// version.
/// </summary>
/// <param name="Id">The organisation.</param>
/// <param name="Version">1 when it was added, raised by each change.</param>
/// <param name="Level"><c>republic</c>, <c>region</c>, <c>district</c> or <c>organisation</c>.</param>
/// <param name="Subordination"><c>district</c>, <c>region</c>, <c>republic</c> or <c>branch</c>: it changes who decides
/// (the Rules, п.19).</param>
/// <param name="Path">From the organisation itself up to the republic.</param>
public sealed record OrganisationChanged(
    Guid Id,
    int Version,
    Guid? ParentId,
    string Level,
    string Kind,
    string NameKk,
    string NameRu,
    string Bin,
    string Kato,
    string Subordination,
    IReadOnlyList<Guid> Path,
    DateTimeOffset At
);

/// <summary>
/// It is known now that the account's holder is the person whose IIN it has. Carries no number: who keeps something by
/// the IIN asks Identity.
/// </summary>
/// <param name="PersonId">The account.</param>
public sealed record PersonProven(Guid PersonId, DateTimeOffset At);
