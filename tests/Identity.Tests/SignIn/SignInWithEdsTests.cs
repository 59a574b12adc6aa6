using System.Text;

namespace PedAtt.Identity.Tests.SignIn;

/// <summary>The text to sign in with: for one purpose and place, for five minutes, once. Whose signature it is
/// System.Tests walk.</summary>
public sealed class SignInWithEdsTests(IdentityService service)
{
    [Fact]
    public async Task A_text_says_what_it_is_for_and_where_and_is_never_the_same()
    {
        using var client = service.From();
        var (first, second) = (
            await client.PostAsync("eds/challenge", new { }).JsonAsync(),
            await client.PostAsync("eds/challenge", new { }).JsonAsync()
        );

        var text = Encoding.UTF8.GetString(Convert.FromBase64String(first.Text("challenge")!));
        Assert.StartsWith("sign in to http", text, StringComparison.Ordinal);
        Assert.NotEqual(first.Text("challenge"), second.Text("challenge"));
        Assert.NotEqual(first.Text("id"), second.Text("id"));
        var left = first.GetProperty("expires").GetDateTimeOffset() - service.Clock.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_text_can_be_tried_once()
    {
        using var client = service.From();
        var id = (await client.PostAsync("eds/challenge", new { }).JsonAsync()).Text("id");
        // Documents, which would judge the signature, is not there; the text has been tried all the same.
        Assert.Equal(
            "503 service.unavailable",
            await client.PostAsync("tokens/eds", new { challengeId = id, cms = "AAAA" }).RefusalAsync()
        );
        Assert.Equal(
            "401 challenge.invalid",
            await client.PostAsync("tokens/eds", new { challengeId = id, cms = "AAAA" }).RefusalAsync()
        );
        Assert.Equal(
            "401 challenge.invalid",
            await client
                .PostAsync("tokens/eds", new { challengeId = Guid.CreateVersion7(), cms = "AAAA" })
                .RefusalAsync()
        );
    }

    [Fact]
    public async Task A_text_is_good_for_five_minutes()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var client = own.From();
        var id = (await client.PostAsync("eds/challenge", new { }).JsonAsync()).Text("id");
        own.Clock.PutForward(TimeSpan.FromMinutes(5));
        Assert.Equal(
            "401 challenge.invalid",
            await client.PostAsync("tokens/eds", new { challengeId = id, cms = "AAAA" }).RefusalAsync()
        );
    }
}
