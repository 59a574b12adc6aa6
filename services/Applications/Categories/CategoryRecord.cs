namespace PedAtt.Applications.Categories;

/// <summary>On what a record of a category rests.</summary>
public enum RecordBasis
{
    /// <summary>It was awarded before commissions sat in this system: imported, or decided here.</summary>
    BeforeCommissions,

    /// <summary>What points 27 to 31 and 36 of the Rules keep or extend.</summary>
    Keeping,
}

/// <summary>That somebody was awarded a category, or kept one: by IIN where they may not have registered yet.</summary>
public sealed class CategoryRecord
{
    public required Guid Id { get; init; }

    /// <summary>Whose it is where that is known; else <see cref="Iin"/> says it.</summary>
    public Guid? PersonId { get; init; }

    public string? Iin { get; init; }

    public required string Category { get; init; }

    /// <summary>A post's key; null where nobody said it.</summary>
    public string? Post { get; init; }

    /// <summary>The first day on which it is held.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day on which it is held; null: without a term.</summary>
    public DateOnly? Until { get; init; }

    public required RecordBasis Basis { get; init; }

    /// <summary>Of a keeping: the point of the Rules.</summary>
    public string? Ground { get; init; }

    public Guid? ApplicationId { get; init; }

    public required string OrderNumber { get; init; }

    public required DateOnly OrderDate { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who imported or entered it; null: a decision wrote it.</summary>
    public Guid? RecordedById { get; init; }

    /// <summary>An import told the same award otherwise: shown to nobody from then on.</summary>
    public DateTimeOffset? CorrectedAt { get; set; }

    public DateTimeOffset? AnnulledAt { get; set; }
}

public enum RecordState
{
    Held,
    Lapsed,
    Replaced,
    Annulled,
}
