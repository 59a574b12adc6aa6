using System.Text.Json;
using System.Text.Json.Serialization;

namespace PedAtt.Testing.World;

// The shapes of the public API, property by property. A property that an answer leaves out, or null where the contract
// has none, fails the call that read it.

public sealed record Name(string Kk, string Ru, string En);

public sealed record Reference(
    List<Category> Categories,
    List<Keyed> StatementForms,
    List<Keyed> AttestationKinds,
    List<Keyed> Subjects,
    List<Keyed> Positions,
    List<Keyed> Statuses,
    List<Keyed> RefusalReasons
);

public sealed record Category(
    string Key,
    int Order,
    string Ladder,
    bool Claimable,
    Name Name,
    DateOnly ValidFrom,
    DateOnly? ValidTo
);

public sealed record Keyed(string Key, Name Name, DateOnly ValidFrom, DateOnly? ValidTo);

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

public sealed record Myself(
    Guid Id,
    string Login,
    string Name,
    string Language,
    string Email,
    string Phone,
    List<Assignment> Assignments,
    Organisation Organisation
);

public sealed record Assignment(string Role, Organisation Organisation);

public sealed record Tokens(string AccessToken, int ExpiresIn, string RefreshToken);

public sealed record IssuedLogin(Guid Id, string Login);

public sealed record PersonName(Guid Id, string Name);

public sealed record Actor(Guid Id, string Name, string Role);

/// <summary>What a teacher types.</summary>
public sealed record Form(
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
    List<string> Subjects,
    bool NotSubjectTeacher,
    string? About,
    bool RulesAcknowledged
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
    List<string> Subjects,
    bool NotSubjectTeacher,
    string? About,
    bool RulesAcknowledged,
    PersonName Teacher,
    Organisation Organisation,
    string DecidingLevel,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset StatusSince,
    int ReturnedBlocks,
    List<string> AllowedActions,
    Refusal? Refusal,
    Decision? Decision,
    List<HistoryLine> History
)
{
    public Form ToForm() =>
        new(
            AttestationYear,
            FilingDate,
            StatementForm,
            PositionRu,
            PositionKk,
            AttestationKind,
            CurrentCategory,
            CurrentCategoryValidUntil,
            ClaimedCategory,
            Email,
            Phone,
            Subjects,
            NotSubjectTeacher,
            About,
            RulesAcknowledged
        );
}

public sealed record Refusal(List<Reason> Reasons);

public sealed record Reason(string Code, string Text);

public sealed record Decision(
    string Outcome,
    string? AwardedCategory,
    bool KeepsCurrent,
    string ProtocolNumber,
    DateOnly ProtocolDate,
    DateOnly? ValidUntil,
    string? Reason
);

public sealed record HistoryLine(DateTimeOffset At, string Action, string? From, string? To, Actor By, string? Comment);

public sealed record Catalogue(List<CatalogueSection> Sections)
{
    [JsonIgnore]
    public IEnumerable<CatalogueBlock> Blocks => Sections.SelectMany(section => section.Blocks);
}

public sealed record CatalogueSection(string Key, Name Name, List<CatalogueBlock> Blocks);

public sealed record CatalogueBlock(
    string Key,
    Name Name,
    string Requirement,
    List<string>? Categories,
    bool Multiple,
    FileCount Files,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    List<CatalogueField> Fields
);

public sealed record FileCount(int Min, int Max);

public sealed record CatalogueField(
    string Key,
    Name Name,
    string Type,
    bool Required,
    int? MinLength,
    int? MaxLength,
    int? MinWords,
    int? MaxWords,
    decimal? Min,
    decimal? Max,
    List<Choice>? Choices
);

public sealed record Choice(string Key, Name Name);

public sealed record Portfolio(
    Guid ApplicationId,
    int Version,
    bool Locked,
    bool Complete,
    List<string> Missing,
    StoredFile? IdentityCard,
    StoredFile? Photo,
    List<PortfolioSection> Sections,
    Dictionary<string, ReviewState> Reviews
)
{
    [JsonIgnore]
    public IEnumerable<Block> Blocks => Sections.SelectMany(section => section.Blocks);

    public Block Block(string key) => Blocks.Single(block => block.Key == key);

    /// <summary>Everything that is in it, as comparable lines: entries with their values, and files by
    /// content.</summary>
    public IReadOnlyList<string> Contents() =>
        [
            .. Blocks
                .SelectMany(block => block.Entries.Select(entry => $"{block.Key} {entry.Line()}"))
                .Order(StringComparer.Ordinal),
            $"identity-card {IdentityCard?.Sha256}",
            $"photo {Photo?.Sha256}",
        ];
}

public sealed record PortfolioSection(string Key, List<Block> Blocks);

public sealed record Block(string Key, string Status, Review? Review, List<Entry> Entries);

public sealed record ReviewState(string? Status, Review? Review);

public sealed record Review(string Verdict, string? Comment, DateTimeOffset At);

public sealed record Entry(Guid Id, int Version, Dictionary<string, JsonElement> Fields, List<StoredFile> Files)
{
    public string Line() =>
        $"{Id} {string.Join(' ', Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"))} "
        + string.Join(' ', Files.Select(file => file.Sha256));
}

public sealed record StoredFile(Guid Id, string Name, string ContentType, long Size, string Sha256, string Scan);

public sealed record Document(
    Guid Id,
    string Kind,
    string Number,
    string State,
    string Sha256,
    long Size,
    DateTimeOffset CreatedAt,
    string VerifyUrl,
    List<Signature> Signatures
);

public sealed record Signature(
    string Method,
    PersonName Signer,
    DateTimeOffset At,
    string Verdict,
    List<string> Reasons
);

public sealed record Verification(
    string Kind,
    string Number,
    DateOnly Date,
    string Sha256,
    string State,
    List<VerifiedSigner> Signers
);

public sealed record VerifiedSigner(
    string Initials,
    string Role,
    string? Organisation,
    DateTimeOffset At,
    string Verdict
);

public sealed record Notification(
    Guid Id,
    string Kind,
    Guid ApplicationId,
    string Title,
    string Text,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ReadAt
);

public sealed record Page<T>(List<T> Items, string? Next);
