using System.Text.Json;

namespace PedAtt.Portfolio.Entries;

/// <summary>One record of a block. The ID card and the photo are entries without fields, of blocks of their
/// own.</summary>
public sealed class Entry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ApplicationId { get; init; }

    public required string Block { get; init; }

    public int Version { get; set; } = 1;

    public required IReadOnlyDictionary<string, JsonElement> Fields { get; set; }

    /// <summary>In the order in which they were attached.</summary>
    public required Guid[] FileIds { get; set; }
}
