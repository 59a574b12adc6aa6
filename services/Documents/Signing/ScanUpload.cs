namespace PedAtt.Documents.Signing;

/// <summary>A scan in the object storage. The row is there before the object, so that the sweeper knows of every
/// object.</summary>
public sealed class ScanUpload
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }
}
