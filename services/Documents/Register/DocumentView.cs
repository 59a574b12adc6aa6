using PedAtt.Documents.Signing;
using PedAtt.Documents.Trust;
using PedAtt.Internal;

namespace PedAtt.Documents.Register;

/// <summary>The public shape <c>document</c>. What follows from the application's state is derived here and never
/// stored.</summary>
/// <param name="Reasons">Those that a receipt of refusal names; null for any other document.</param>
/// <param name="SupersededFor">Why a signed receipt was replaced by a newer one; null for any other document.</param>
public sealed record DocumentView(
    Guid Id,
    DocumentKind Kind,
    string Number,
    DocumentState State,
    string Sha256,
    long Size,
    DateTimeOffset CreatedAt,
    string VerifyUrl,
    IReadOnlyList<SignatureView> Signatures,
    IReadOnlyList<ReceiptReason>? Reasons,
    string? SupersededFor
)
{
    public static DocumentView Of(Document document, ApplicationFacts application, VerifyLinks links) =>
        new(
            document.Id,
            document.Kind,
            document.Number,
            StateOf(document, application),
            document.Sha256,
            document.Size,
            document.CreatedAt,
            links.Of(document.Code),
            [
                .. document
                    .Signatures.Where(one => one.ReplacedAt is null)
                    .OrderBy(one => one.Id)
                    .Select(one => SignatureView.Of(one, document, application)),
            ],
            document.Kind == DocumentKind.RefusalReceipt ? document.Reasons : null,
            document.ReplacedFor
        );

    /// <summary>A statement ends with the edit that it was made of, a receipt with its submission or by a newer
    /// one.</summary>
    public static DocumentState StateOf(Document document, ApplicationFacts application) =>
        document.Kind == DocumentKind.Statement
            ? document.EditVersion == application.EditVersion
                ? DocumentState.Current
                : DocumentState.Superseded
            : document.ReplacedAt is null && document.Submission == application.Submissions.Count
                ? DocumentState.Current
                : DocumentState.Superseded;

    /// <summary>The secretary has seen the page when forwarding: from then on its scan is as good as a
    /// signature.</summary>
    public static string VerdictOf(Signature signature, Document document, ApplicationFacts application) =>
        signature switch
        {
            { ScanState: ScanState.Infected or ScanState.Unscannable } or { Verdict: SignatureVerdict.Invalid } =>
                "invalid",
            { Verdict: SignatureVerdict.Pending } => "pending",
            { Method: SignatureMethod.Scan }
                when !application.Submissions.Any(one => one.Forwarded && one.EditVersion == document.EditVersion) =>
                "pending",
            _ => "valid",
        };
}

public enum DocumentState
{
    Current,
    Superseded,
}

public sealed record SignerView(Guid Id, string Name);

public sealed record SignatureView(
    SignatureMethod Method,
    SignerView Signer,
    DateTimeOffset At,
    string Verdict,
    IReadOnlyList<string> Reasons
)
{
    public static SignatureView Of(Signature signature, Document document, ApplicationFacts application)
    {
        var verdict = DocumentView.VerdictOf(signature, document, application);
        return new(
            signature.Method,
            new(signature.SignerId, signature.SignerName),
            signature.At,
            verdict,
            ScanStates.RefusalOf(signature.ScanState) is { } refusal ? [refusal]
                : signature.Reason is { } reason ? [reason]
                : []
        );
    }
}
