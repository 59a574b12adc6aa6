using System.Net.Http.Json;
using PedAtt.Internal;
using Gost = PedAtt.Eds.Tests.Authority;

namespace PedAtt.Documents.Tests.Trust;

public sealed class ExamineSignInTests(DocumentsService service)
{
    [Fact]
    public async Task It_says_whose_signature_it_is_or_what_speaks_against_it()
    {
        var text = "PedAtt жүйесіне кіру"u8.ToArray();
        Assert.Equal(
            new SignInSignature(Gost.TestAuthority.Iin, null),
            await AskAsync(text, DocumentsService.Cms(text, byPerson: true))
        );
        Assert.Equal(
            new SignInSignature(null, "signature.invalid"),
            await AskAsync("басқа"u8.ToArray(), DocumentsService.Cms(text, byPerson: true))
        );
    }

    private async Task<SignInSignature> AskAsync(byte[] text, string cms)
    {
        using var client = service.AsService();
        using var answer = await client.PostAsJsonAsync(
            "/internal/signatures/sign-in",
            new SignInSignatureQuery(text, cms),
            Json.Options
        );
        await answer.ReadAsync(200);
        return (await answer.Content.ReadFromJsonAsync<SignInSignature>(Json.Options))!;
    }
}
