using PedAtt.Documents.Signing;
using PedAtt.Internal;

namespace PedAtt.Documents.Register;

public enum DocumentKind
{
    Statement,
    AcceptanceReceipt,
    RefusalReceipt,
}

/// <summary>A document as it was rendered, once; never deleted, at most superseded.</summary>
public sealed class Document
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ApplicationId { get; init; }

    public required DocumentKind Kind { get; init; }

    public required string Number { get; init; }

    /// <summary>A statement's: the edit of the application that it was made of. A receipt's: the one that was
    /// submitted.</summary>
    public required int EditVersion { get; init; }

    /// <summary>A receipt's: the number of the submission that it answers; 0 for a statement.</summary>
    public required int Submission { get; init; }

    /// <summary>128 bits that nobody guesses, behind the QR code.</summary>
    public required string Code { get; init; }

    /// <summary>Of its content, in bytes.</summary>
    public required int Size { get; init; }

    public required string Sha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required Guid CreatedById { get; init; }

    /// <summary>A refusal's.</summary>
    public required IReadOnlyList<ReceiptReason> Reasons { get; init; }

    /// <summary>Of a receipt that a newer one for the same submission replaced. What an edit supersedes is
    /// derived.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }

    /// <summary>Why a signed receipt was replaced; null where none was signed.</summary>
    public string? ReplacedFor { get; set; }

    public List<Signature> Signatures { get; init; } = [];
}
