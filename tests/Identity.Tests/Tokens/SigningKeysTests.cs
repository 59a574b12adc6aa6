using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PedAtt.Demonstration;

namespace PedAtt.Identity.Tests.Tokens;

public sealed class SigningKeysTests
{
    [Fact]
    public async Task Keys_rotate_and_each_is_published_before_and_after_it_signs()
    {
        await using var service = await IdentityService.OfItsOwnAsync();
        using var client = service.From();
        var first = await SignInAsync();
        Assert.Equal([first.Kid], await PublishedAsync());

        service.Clock.PutForward(SigningKeys.Signs - SigningKeys.PublishedBefore + TimeSpan.FromMinutes(1));
        var still = await SignInAsync();
        Assert.Equal(first.Kid, still.Kid);
        var both = await PublishedAsync();
        Assert.Equal((2, first.Kid), (both.Length, both[0]));

        // The last token of the old key lives on while the new one signs.
        service.Clock.PutForward(SigningKeys.PublishedBefore - TimeSpan.FromMinutes(2));
        var last = await SignInAsync();
        service.Clock.PutForward(TimeSpan.FromMinutes(5));
        var next = await SignInAsync();
        Assert.Equal((both[0], both[1]), (last.Kid, next.Kid));
        Assert.Contains(first.Kid, await PublishedAsync());
        client.DefaultRequestHeaders.Authorization = new("Bearer", last.EncodedToken);
        await client.AskAsync("me").JsonAsync();

        service.Clock.PutForward(TimeSpan.FromMinutes(30));
        Assert.DoesNotContain(first.Kid, await PublishedAsync());
        Assert.Equal("401 not-signed-in", await client.AskAsync("me").RefusalAsync());

        async Task<JsonWebToken> SignInAsync()
        {
            using var person = service.From();
            return new(
                (await person.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync()).Text("accessToken")
            );
        }

        async Task<string[]> PublishedAsync() =>
            [
                .. (await client.AskAsync("/.well-known/jwks.json").JsonAsync())
                    .GetProperty("keys")
                    .EnumerateArray()
                    .Select(key => key.Text("kid")!),
            ];
    }

    [Fact]
    public async Task After_a_long_rest_there_is_a_key_to_sign_with()
    {
        await using var service = await IdentityService.OfItsOwnAsync();
        using var client = service.From();
        await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync();
        service.Clock.PutForward(TimeSpan.FromDays(400));
        await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync();
    }

    [Fact]
    public async Task Replicas_sign_with_one_key_and_it_is_kept_sealed()
    {
        await using var service = await IdentityService.OfItsOwnAsync();
        await using var replica = await service.ReplicaAsync();
        using var one = service.From();
        using var other = replica.From();
        var tokens = await Task.WhenAll(
            ((HttpClient[])[one, other]).Select(async client =>
                (await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync()).Text("accessToken")!
            )
        );
        Assert.Equal(new JsonWebToken(tokens[0]).Kid, new JsonWebToken(tokens[1]).Kid);
        other.DefaultRequestHeaders.Authorization = new("Bearer", tokens[0]);
        await other.AskAsync("me").JsonAsync();

        await using var db = service.Open();
        var key = await db.SigningKeys.SingleAsync();
        using var ecdsa = System.Security.Cryptography.ECDsa.Create();
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() =>
            ecdsa.ImportPkcs8PrivateKey(key.EncryptedPrivateKey, out _)
        );
    }

    [Fact]
    public async Task Tokens_with_unknown_key_ids_ask_the_database_once_in_some_seconds()
    {
        await using var service = await IdentityService.OfItsOwnAsync();
        service.Clock.Stop();
        service.Clock.PutForward(TimeSpan.FromMinutes(1));
        using var client = service.From();
        var token = (await client.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync()).Text(
            "accessToken"
        )!;
        var parts = token.Split('.');
        using var forger = service.From();
        var header = Base64UrlEncoder.Encode("""{"alg":"ES256","typ":"at+jwt","kid":"unknown"}""");
        forger.DefaultRequestHeaders.Authorization = new("Bearer", $"{header}.{parts[1]}.{parts[2]}");

        await using (var db = service.Open())
        {
            var key = await db.SigningKeys.AsNoTracking().SingleAsync();
            db.SigningKeys.Add(
                new()
                {
                    Kid = "of another replica",
                    X = key.X,
                    Y = key.Y,
                    EncryptedPrivateKey = key.EncryptedPrivateKey,
                    SignsFrom = key.SignsFrom,
                    SignsUntil = key.SignsUntil,
                    PublishedUntil = key.PublishedUntil,
                }
            );
            await db.SaveChangesAsync();
        }
        for (var i = 0; i < 3; i++)
            Assert.Equal("401 not-signed-in", await forger.AskAsync("me").RefusalAsync());
        Assert.Single(await PublishedAsync());

        service.Clock.PutForward(TimeSpan.FromSeconds(5));
        Assert.Equal("401 not-signed-in", await forger.AskAsync("me").RefusalAsync());
        Assert.Equal(2, (await PublishedAsync()).Length);

        async Task<JsonElement[]> PublishedAsync() =>
            [.. (await client.AskAsync("/.well-known/jwks.json").JsonAsync()).GetProperty("keys").EnumerateArray()];
    }

    [Fact]
    public async Task The_published_document_and_keys_check_a_token_by_themselves()
    {
        await using var service = await IdentityService.OfItsOwnAsync();
        using var client = service.From();
        var document = await client.AskAsync("/.well-known/openid-configuration").JsonAsync();
        Assert.Equal(
            ("https://pedatt.example", "https://pedatt.example/.well-known/jwks.json"),
            (document.Text("issuer"), document.Text("jwks_uri"))
        );
        var token = (await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync()).Text(
            "accessToken"
        )!;
        var keys = new JsonWebKeySet(await client.GetStringAsync(new Uri("/.well-known/jwks.json", UriKind.Relative)));
        Assert.All(keys.Keys, key => Assert.False(key.HasPrivateKey));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = "https://pedatt.example",
                ValidAudience = "pedatt",
                ValidTypes = ["at+jwt"],
                IssuerSigningKeys = keys.GetSigningKeys(),
            }
        );
        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Fact]
    public async Task A_token_that_we_did_not_sign_as_it_stands_is_none()
    {
        await using var service = await IdentityService.OfItsOwnAsync();
        using var client = service.From();
        var token = (await client.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync()).Text(
            "accessToken"
        )!;
        var parts = token.Split('.');
        var payload = Base64UrlEncoder.Encode(
            Base64UrlEncoder.Decode(parts[1]).Replace("teacher", "administrator", StringComparison.Ordinal)
        );
        var none = Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""");
        foreach (
            var forged in (string[])
                [$"{parts[0]}.{payload}.{parts[2]}", $"{none}.{parts[1]}.", $"{none}.{payload}.{parts[2]}", "x"]
        )
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", forged);
            Assert.Equal("401 not-signed-in", await client.AskAsync("me").RefusalAsync());
        }
    }
}
