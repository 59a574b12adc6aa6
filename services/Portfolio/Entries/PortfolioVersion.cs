namespace PedAtt.Portfolio.Entries;

/// <summary>The portfolio of one application. It exists as soon as its application does; the row is made by the first
/// change.</summary>
public sealed class PortfolioVersion
{
    public required Guid ApplicationId { get; init; }

    /// <summary>Raised by each change of anything in it.</summary>
    public int Version { get; set; }
}
