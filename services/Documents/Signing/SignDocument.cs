using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Documents.Register;

namespace PedAtt.Documents.Signing;

public static class SignDocument
{
    public sealed record Request(string? Cms);

    public static void Map(IEndpointRouteBuilder documents) =>
        documents
            .MapPost("{id:guid}/signature", Handle)
            .WithIdempotency()
            .WithSummary("A detached CMS over exactly the document's bytes")
            .TakesJson<Request>();

    public static async Task<Ok<DocumentView>> Handle(
        Guid id,
        HttpContext http,
        DocumentSigner signer,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            await signer.SignAsync(
                id,
                async () =>
                {
                    var request = await RequestBody.ReadAsync<Request>(http, ct);
                    var errors = new Errors();
                    if (request.Cms is null)
                        errors.Add("cms", FieldCodes.Required);
                    errors.ThrowIfAny();
                    return request.Cms!;
                },
                resumes: false,
                ct
            )
        );
}
