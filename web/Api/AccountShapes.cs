namespace PedAtt.Web.Api;

// The shapes of the public contract that everyone's and the administrators' pages read.

public sealed record Trust(string Profile);

/// <param name="Language">Null: the account's.</param>
public sealed record Preferences(bool Email, string? Language);

public sealed record VerifiedSigner(
    string Initials,
    string Role,
    string Organisation,
    DateTimeOffset At,
    string Verdict
);

public sealed record VerifiedDocument(
    string Kind,
    string Number,
    DateOnly Date,
    string Sha256,
    string State,
    IReadOnlyList<VerifiedSigner> Signers
);

public sealed record PipelineItem(
    string Status,
    Organisation Organisation,
    int Count,
    DateTimeOffset Oldest,
    int Overdue
);

public sealed record PipelineTotal(string Status, int Count, DateTimeOffset Oldest, int Overdue);

public sealed record Pipeline(IReadOnlyList<PipelineItem> Items, IReadOnlyList<PipelineTotal> Statuses);

public sealed record FailedLetter(
    Guid Id,
    Guid PersonId,
    string Kind,
    string State,
    int Attempts,
    string? Failure,
    DateTimeOffset CreatedAt
);

/// <param name="ActivationCode">Told this once.</param>
public sealed record IssuedLogin(Guid Id, string Login, string? ActivationCode);

public sealed record ImportedRow(
    int Line,
    bool Issued,
    string? Login,
    string? ActivationCode,
    IReadOnlyList<string> Codes,
    string? Role,
    string? FullName
);

public sealed record Import(bool DryRun, IReadOnlyList<ImportedRow> Rows);
