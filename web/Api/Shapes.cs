using System.Text.Json;

namespace PedAtt.Web.Api;

// The shapes of the public contract, as far as the pages read them.

public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

public sealed record Organisation(
    Guid Id,
    Guid? ParentId,
    string Level,
    string Kind,
    string NameKk,
    string NameRu,
    string Bin,
    string Kato,
    string Subordination
);

public sealed record Assignment(string Role, Organisation Organisation);

public sealed record Account(
    Guid Id,
    string Login,
    string Name,
    string Language,
    string Email,
    string Phone,
    IReadOnlyList<Assignment> Assignments,
    Organisation? Organisation,
    bool Blocked = false
)
{
    public bool Is(string role) => Assignments.Any(assignment => assignment.Role == role);
}

public sealed record Entry(string Key, DateOnly ValidFrom, DateOnly? ValidTo, Localized Name)
{
    public bool IsValid(DateOnly day) => ValidFrom <= day && (ValidTo is null || day <= ValidTo);
}

public sealed record Category(
    string Key,
    int Order,
    string Ladder,
    bool Claimable,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    Localized Name
)
{
    public bool IsValid(DateOnly day) => ValidFrom <= day && (ValidTo is null || day <= ValidTo);
}

public sealed record Reference(
    IReadOnlyList<Category> Categories,
    IReadOnlyList<Entry> StatementForms,
    IReadOnlyList<Entry> AttestationKinds,
    IReadOnlyList<Entry> Subjects,
    IReadOnlyList<Entry> Positions,
    IReadOnlyList<Entry> Statuses,
    IReadOnlyList<Entry> RefusalReasons
)
{
    public Localized Category(string key) => Categories.First(one => one.Key == key).Name;

    public Localized Status(string key) => Statuses.First(one => one.Key == key).Name;
}

/// <summary>How far the secretary is: verdicts given, of so many blocks, and how many the teacher has mended since the
/// last return.</summary>
public sealed record ReviewProgress(int Judged, int Blocks, int Mended);

public sealed record Someone(Guid Id, string Name, string? Role = null);

public sealed record HistoryEntry(
    DateTimeOffset At,
    string Action,
    string From,
    string? To,
    Someone By,
    string? Comment
);

public sealed record RefusalReason(string Code, string Text);

public sealed record Refusal(IReadOnlyList<RefusalReason> Reasons);

public sealed record Decision(
    string Outcome,
    string? AwardedCategory,
    bool KeepsCurrent,
    string ProtocolNumber,
    DateOnly ProtocolDate,
    DateOnly? ValidUntil,
    string? Reason
);

public sealed record Application(
    Guid Id,
    string Number,
    string Status,
    int Version,
    int AttestationYear,
    DateOnly FilingDate,
    string StatementForm,
    string PositionRu,
    string PositionKk,
    string AttestationKind,
    string? CurrentCategory,
    DateOnly? CurrentCategoryValidUntil,
    string ClaimedCategory,
    string Email,
    string Phone,
    IReadOnlyList<string> Subjects,
    bool NotSubjectTeacher,
    string? About,
    bool RulesAcknowledged,
    Someone Teacher,
    Organisation Organisation,
    string DecidingLevel,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset StatusSince,
    int ReturnedBlocks,
    IReadOnlyList<string> AllowedActions,
    Refusal? Refusal,
    Decision? Decision,
    IReadOnlyList<HistoryEntry> History,
    DateTimeOffset? DueAt = null,
    bool? Overdue = null,
    ReviewProgress? Progress = null
)
{
    /// <summary>It came back from the teacher: something in it was returned or refused before.</summary>
    public bool WasSentAgain => History.Count(entry => entry.Action == "submit") > 1;

    public bool Allows(string action) => AllowedActions.Contains(action);

    /// <summary>The secretary sent it back: what was returned waits to be mended.</summary>
    public bool IsReturned => ApplicationStatus.IsReturned(Status);

    /// <summary>The state service refused what was sent last.</summary>
    public bool IsRefused => ApplicationStatus.IsRefused(Status);

    public bool IsWithdrawn => ApplicationStatus.IsWithdrawn(Status);

    /// <summary>The secretary has it.</summary>
    public bool IsUnderReview => ApplicationStatus.IsUnderReview(Status);

    /// <summary>The verdicts of the blocks are still said: it is with the secretary, or back from them.</summary>
    public bool IsJudged => IsUnderReview || IsReturned;
}

public sealed record Choice(string Key, Localized Name);

public sealed record FileCount(int Min, int Max);

public sealed record FieldDefinition(
    string Key,
    Localized Name,
    string Type,
    bool Required,
    int? MinLength,
    int? MaxLength,
    int? MinWords,
    int? MaxWords,
    decimal? Min,
    decimal? Max,
    IReadOnlyList<Choice>? Choices
);

public sealed record BlockDefinition(
    string Key,
    Localized Name,
    string Requirement,
    IReadOnlyList<string>? Categories,
    bool Multiple,
    FileCount Files,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    IReadOnlyList<FieldDefinition> Fields
);

public sealed record SectionDefinition(string Key, Localized Name, IReadOnlyList<BlockDefinition> Blocks);

public sealed record Catalogue(IReadOnlyList<SectionDefinition> Sections)
{
    public BlockDefinition? Block(string key) =>
        Sections.SelectMany(section => section.Blocks).FirstOrDefault(block => block.Key == key);
}

/// <param name="Active">A PDF that runs scripts or carries other files.</param>
/// <param name="Reason">Why nobody can open it, where it is not its virus.</param>
public sealed record StoredFile(
    Guid Id,
    string Name,
    string ContentType,
    long Size,
    string Sha256,
    string Scan,
    bool Active = false,
    string? Reason = null
)
{
    /// <summary>The word for what the scanner said.</summary>
    public string ScanWord => Reason == "file.unscannable" ? "unscannable" : Scan;
}

public sealed record PortfolioEntry(
    Guid Id,
    int Version,
    IReadOnlyDictionary<string, JsonElement> Fields,
    IReadOnlyList<StoredFile> Files
);

public sealed record Review(string Verdict, string? Comment, DateTimeOffset At);

public sealed record Block(string Key, string Status, Review? Review, IReadOnlyList<PortfolioEntry> Entries);

public sealed record Section(string Key, IReadOnlyList<Block> Blocks);

public sealed record Reviewed(string Status, Review? Review);

public sealed record Portfolio(
    Guid ApplicationId,
    int Version,
    bool Locked,
    bool Complete,
    IReadOnlyList<string> Missing,
    StoredFile? IdentityCard,
    StoredFile? Photo,
    IReadOnlyList<Section> Sections,
    IReadOnlyDictionary<string, Reviewed> Reviews
)
{
    public Block? Block(string key) =>
        Sections.SelectMany(section => section.Blocks).FirstOrDefault(block => block.Key == key);
}

public sealed record DocumentSignature(
    string Method,
    Someone Signer,
    DateTimeOffset At,
    string Verdict,
    IReadOnlyList<string> Reasons
);

/// <param name="Reasons">Of a receipt of refusal.</param>
public sealed record Document(
    Guid Id,
    string Kind,
    string Number,
    string State,
    string Sha256,
    long Size,
    DateTimeOffset CreatedAt,
    string VerifyUrl,
    IReadOnlyList<DocumentSignature> Signatures,
    IReadOnlyList<RefusalReason>? Reasons
)
{
    public bool IsCurrent => State == "current";
}

/// <summary>The words of the statement, in the two languages in which it is signed.</summary>
public sealed record StatementWords(StatementText Kk, StatementText Ru);

public sealed record StatementText(string Request, string Declaration);

public sealed record Notification(
    Guid Id,
    string Kind,
    Guid ApplicationId,
    string Title,
    string Text,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ReadAt
);

public sealed record SubmittedFields(string PositionRu, string PositionKk, string ClaimedCategory);

public sealed record SubmittedEntry(string Block, IReadOnlyList<JsonElement> Files);

/// <summary>What was sent, as it was sent.</summary>
public sealed record Submission(
    int Number,
    DateTimeOffset At,
    SubmittedFields Fields,
    IReadOnlyList<SubmittedEntry> Entries,
    string? RoundEndedBy
)
{
    /// <summary>How much each block held.</summary>
    public IEnumerable<(string Key, int Entries, int Files)> Blocks() =>
        Entries
            .GroupBy(entry => entry.Block)
            .Select(group => (group.Key, group.Count(), group.Sum(entry => entry.Files.Count)));
}

/// <summary>The application's own data in a submission, all of it.</summary>
public sealed record SubmissionData(int Number, JsonElement Fields);

public sealed record StatusCount(string Status, int Count, DateTimeOffset? Oldest, int? Overdue = null);

public sealed record Summary(IReadOnlyList<StatusCount>? Statuses)
{
    public StatusCount? Of(string status) => Statuses?.FirstOrDefault(one => one.Status == status);
}

public sealed record Message(string Title, string Text);

/// <summary>What the teacher will be told, in both languages; they read it in <see cref="Language"/>.</summary>
public sealed record MessagePreview(Message Kk, Message Ru, string Language)
{
    public Message In(string language) => language == "kk" ? Kk : Ru;
}
