namespace PedAtt.Documents.Register;

/// <summary>A document's PDF. It stands by itself, so that lists and moves do not read what they do not need; it is
/// never changed.</summary>
public sealed class DocumentContent
{
    public required Guid DocumentId { get; init; }

    public required byte[] Content { get; init; }
}
