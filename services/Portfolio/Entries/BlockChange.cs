namespace PedAtt.Portfolio.Entries;

/// <summary>When a block's content last changed, in versions of its portfolio.</summary>
public sealed class BlockChange
{
    public required Guid ApplicationId { get; init; }

    public required string Block { get; init; }

    public required int Version { get; set; }
}
