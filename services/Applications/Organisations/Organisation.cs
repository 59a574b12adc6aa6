namespace PedAtt.Applications.Organisations;

/// <summary>Levels of the tree, lowest first (paragraph 19 of the Rules).</summary>
public enum Level
{
    Organisation,
    District,
    Region,
    Republic,
}

/// <summary>Our copy of one of Identity's organisations, kept fresh by OrganisationChanged.</summary>
public sealed class Organisation
{
    public required Guid Id { get; init; }

    public Guid? ParentId { get; set; }

    public required Level Level { get; set; }

    public required string Kind { get; set; }

    public required string NameKk { get; set; }

    public required string NameRu { get; set; }

    public required string Bin { get; set; }

    public required string Kato { get; set; }

    /// <summary>To whom it is subordinate: district, region, republic or branch. It changes who decides.</summary>
    public required string Subordination { get; set; }

    /// <summary>Identity's version of what is written here: anything older is ignored.</summary>
    public required int Version { get; set; }
}
