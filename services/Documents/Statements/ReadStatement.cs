using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Documents.Register;
using PedAtt.Internal;

namespace PedAtt.Documents.Statements;

/// <summary>What the statement would say of the application as it is now, to be read before it is made: the very words
/// of the document.</summary>
public static class ReadStatement
{
    /// <param name="Unprintable">Fields to be corrected first: a statement with letters that cannot be printed is not
    /// made.</param>
    public sealed record Response(StatementText Kk, StatementText Ru, IReadOnlyList<UnprintableField> Unprintable);

    public static void Map(IEndpointRouteBuilder documents) =>
        documents
            .MapGet("applications/{applicationId:guid}/statement", Handle)
            .WithSummary("The words of the statement, before it is made");

    public static async Task<Ok<Response>> Handle(
        Guid applicationId,
        ApplicationsClient applications,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(applicationId, ct);
        access.RequireOwner();
        return TypedResults.Ok(
            new Response(
                Statement.Kazakh(access.Facts.Data),
                Statement.Russian(access.Facts.Data),
                Letters.Unprintable(Statement.Typed(access.Facts.Data))
            )
        );
    }
}
