using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Internal;

namespace PedAtt.Documents.Trust;

/// <summary>Identity asks whose signature stands under the text that it gave out for signing in.</summary>
public static class ExamineSignIn
{
    public static void Map(IEndpointRouteBuilder @internal) => @internal.MapPost("signatures/sign-in", Handle);

    public static async Task<Ok<SignInSignature>> Handle(
        SignInSignatureQuery query,
        SignatureExaminer examiner,
        CancellationToken ct
    )
    {
        var (iin, code) = await examiner.SignInAsync(query.Content, query.Cms, ct);
        return TypedResults.Ok(new SignInSignature(iin, code));
    }
}
