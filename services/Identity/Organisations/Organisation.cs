using PedAtt.Contracts;

namespace PedAtt.Identity.Organisations;

/// <summary>A node of the tree republic, region, district, organisation. It never moves, so that its path is written
/// once.</summary>
public sealed class Organisation
{
    public required Guid Id { get; init; }

    public Guid? ParentId { get; init; }

    public required string Level { get; init; }

    public required string Kind { get; set; }

    public required string NameKk { get; set; }

    public required string NameRu { get; set; }

    public required string Bin { get; set; }

    /// <summary>Nine digits of the classifier of territories.</summary>
    public required string Kato { get; set; }

    public required string Subordination { get; set; }

    /// <summary>From the organisation itself up to the republic.</summary>
    public required Guid[] Path { get; init; }

    public int Version { get; set; } = 1;

    public OrganisationChanged Changed(DateTimeOffset at) =>
        new(Id, Version, ParentId, Level, Kind, NameKk, NameRu, Bin, Kato, Subordination, Path, at);

    public Internal.Organisation Facts =>
        new(Id, ParentId, Level, Kind, NameKk, NameRu, Bin, Kato, Subordination, Version);

    /// <summary>A new node under its parent.</summary>
    public static Organisation Under(
        Organisation? parent,
        string level,
        string kind,
        string nameKk,
        string nameRu,
        string bin,
        string kato,
        string subordination
    )
    {
        var id = Guid.CreateVersion7();
        return new Organisation
        {
            Id = id,
            ParentId = parent?.Id,
            Level = level,
            Kind = kind,
            NameKk = nameKk,
            NameRu = nameRu,
            Bin = bin,
            Kato = kato,
            Subordination = subordination,
            Path = [id, .. parent?.Path ?? []],
        };
    }
}
