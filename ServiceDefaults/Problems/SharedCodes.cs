namespace PedAtt.ServiceDefaults.Problems;

/// <summary>The codes of the problems that every service may answer with; their texts stand in problems.json beside
/// this file. What one service alone answers with stands in its own Codes.</summary>
public static class SharedCodes
{
    public const string NotSignedIn = "not-signed-in";
    public const string SessionEnded = "session.ended";
    public const string NotFound = "not-found";
    public const string RoleNotAllowed = "role.not-allowed";
    public const string OwnApplication = "own-application";
    public const string MethodNotAllowed = "method-not-allowed";
    public const string Validation = "validation";
    public const string RequestMalformed = "request.malformed";
    public const string RequestMediaType = "request.media-type";
    public const string RequestTooLarge = "request.too-large";
    public const string LimitOutOfRange = "limit.out-of-range";
    public const string CursorInvalid = "cursor.invalid";
    public const string VersionRequired = "version.required";
    public const string VersionInvalid = "version.invalid";
    public const string Stale = "stale";
    public const string IdempotencyKeyReused = "idempotency.key-reused";
    public const string IdempotencyKeyInvalid = "idempotency.key-invalid";
    public const string IdempotencyInProgress = "idempotency.in-progress";
    public const string TooManyRequests = "too-many-requests";
    public const string ServiceUnavailable = "service.unavailable";
    public const string Internal = "internal";
    public const string FormKept = "form.kept";
    public const string PageAgain = "page.again";
    public const string TransitionNotAllowed = "transition.not-allowed";
    public const string FileEmpty = "file.empty";
    public const string FileTooLarge = "file.too-large";
    public const string FileType = "file.type";
    public const string FileEncrypted = "file.encrypted";
    public const string FileDamaged = "file.damaged";
    public const string FileTooManyPixels = "file.too-many-pixels";
    public const string FileUnsafe = "file.unsafe";
    public const string FileInfected = "file.infected";
    public const string RangeNotSatisfiable = "range.not-satisfiable";
    public const string FileNotScanned = "file.not-scanned";
    public const string CsvColumns = "csv.columns";
    public const string CsvEncoding = "csv.encoding";
}
