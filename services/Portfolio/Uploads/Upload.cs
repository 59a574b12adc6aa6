namespace PedAtt.Portfolio.Uploads;

/// <summary>A file that its teacher sends in pieces. It lives a day, and is used once.</summary>
public sealed class Upload
{
    public static readonly TimeSpan LivesFor = TimeSpan.FromHours(24);

    public required Guid Id { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string Name { get; init; }

    /// <summary>What its sender said of it, as it was said: the protocol wants it repeated.</summary>
    public string? Metadata { get; init; }

    public required long Length { get; init; }

    /// <summary>How many bytes of it are kept: what is sent next begins here.</summary>
    public long Received { get; set; }

    /// <summary>In how many pieces they came.</summary>
    public int Steps { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The file that it became, once it was whole and good.</summary>
    public Guid? FileId { get; set; }

    /// <summary>Why it became none: the code by which the same file would be refused in a form.</summary>
    public string? Refusal { get; set; }

    /// <summary>An entry has taken its file.</summary>
    public bool Used { get; set; }
}

/// <summary>A stretch of an upload, an object of its own. The row is there before the object, so that the sweeper knows
/// of every object.</summary>
public sealed class UploadPiece
{
    public required Guid Id { get; init; }

    public required Guid UploadId { get; init; }

    /// <summary>Of its first byte in the file.</summary>
    public required long Start { get; init; }

    /// <summary>Null until it counts.</summary>
    public long? Size { get; set; }
}
