namespace PedAtt.Internal;

/// <summary>Asks Documents for the facts of an application's documents, and about signatures: it alone knows whom to
/// trust.</summary>
public sealed class DocumentsClient(HttpClient http)
{
    /// <summary>Stops writes made on older knowledge, and answers the documents' facts as they are then (decision
    /// 1).</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public async Task<DocumentFacts> FreezeAsync(Guid applicationId, DocumentFreeze freeze, CancellationToken ct) =>
        await http.AskAsync<DocumentFreeze, DocumentFacts>($"documents/{applicationId}/freeze", freeze, ct)
        ?? throw Problem.Unavailable();

    /// <summary>Whose signature this is.</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public async Task<SignInSignature> SignInAsync(SignInSignatureQuery query, CancellationToken ct) =>
        await http.AskAsync<SignInSignatureQuery, SignInSignature>("signatures/sign-in", query, ct)
        ?? throw Problem.Unavailable();
}

/// <inheritdoc cref="PortfolioFreeze"/>
public sealed record DocumentFreeze(Guid SnapshotId, int Version, string Move, int Submission, int EditVersion);

/// <param name="Statement">The statement of the sealed edit; null where none was made.</param>
/// <param name="Receipt">The receipt of the sealed submission that counts (the signed one, else the newest); null where
/// none was made.</param>
public sealed record DocumentFacts(StatementFacts? Statement, ReceiptFacts? Receipt);

/// <param name="SignedBy"><c>cms</c>, <c>scan</c> or null: not signed.</param>
public sealed record StatementFacts(Guid Id, string Number, string Sha256, string? SignedBy);

/// <param name="Kind"><c>acceptance</c> or <c>refusal</c>.</param>
public sealed record ReceiptFacts(
    Guid Id,
    string Number,
    string Kind,
    string Sha256,
    bool IsSigned,
    IReadOnlyList<ReceiptReason> Reasons
);

/// <param name="Code">A key of the refusal reasons in the reference data.</param>
public sealed record ReceiptReason(string Code, string Text);

/// <param name="Cms">As the signer's program gave it: base64, with or without the lines of PEM.</param>
public sealed record SignInSignatureQuery(byte[] Content, string Cms);

/// <param name="Iin">Who signed; null where <paramref name="Code"/> says why the signature does not count.</param>
/// <param name="Code">A code <c>signature.*</c> of the public contract.</param>
public sealed record SignInSignature(string? Iin, string? Code);
