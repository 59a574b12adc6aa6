using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Documents.Data;
using PedAtt.Documents.Register;

namespace PedAtt.Documents.Signing;

/// <summary>
/// Many documents signed in one call of NCALayer: each has its own signature, verdict and result, and one that is
/// refused holds none of the others up. Who was cut off calls again with the same signatures: what is done is answered
/// as done.
/// </summary>
public static class SignDocuments
{
    private const int Most = 100;

    public sealed record Request(JsonElement[]? Signatures);

    private sealed record Item(Guid? DocumentId, string? Cms);

    public enum Outcome
    {
        Signed,
        Refused,
    }

    /// <param name="Code">Why it was refused: the code that the call for this one document alone would give.</param>
    public sealed record Result(Guid DocumentId, Outcome Outcome, string? Code, DocumentView? Document);

    public sealed record Response(IReadOnlyList<Result> Items);

    // No Idempotency-Key is needed, and kept answers would hold one transaction open over several applications.
    public static void Map(IEndpointRouteBuilder documents) =>
        documents
            .MapPost("signatures", Handle)
            .WithSummary("Many documents' signatures at once, each with its own result")
            .TakesJson<Request>();

    public static async Task<Ok<Response>> Handle(
        HttpContext http,
        DocumentsDb db,
        DocumentSigner signer,
        CancellationToken ct
    )
    {
        var results = new List<Result>();
        foreach (var (id, cms) in Check(await RequestBody.ReadAsync<Request>(http, ct)))
        {
            var (document, code) = await signer.TrySignAsync(id, cms, ct);
            results.Add(new(id, code is null ? Outcome.Signed : Outcome.Refused, code, document));
            db.ChangeTracker.Clear();
        }
        return TypedResults.Ok(new Response(results));
    }

    private static List<(Guid Id, string Cms)> Check(Request request)
    {
        var errors = new Errors();
        var given = request.Signatures ?? [];
        if (given.Length == 0)
            errors.Add("signatures", FieldCodes.Required);
        if (given.Length > Most)
            errors.Add("signatures", FieldCodes.FieldTooLong);
        var items = new List<(Guid, string)>();
        foreach (var one in given.Length > Most ? [] : given)
        {
            if (one.ValueKind != JsonValueKind.Object)
            {
                errors.Add("signatures", FieldCodes.ValueWrongType);
                continue;
            }
            var item = RequestBody.Parse<Item>(one);
            if (item.DocumentId is null || item.Cms is null)
                errors.Add("signatures", FieldCodes.Required);
            else
                items.Add((item.DocumentId.Value, item.Cms));
        }
        errors.ThrowIfAny();
        return items;
    }
}
