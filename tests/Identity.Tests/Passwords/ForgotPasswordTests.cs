using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PedAtt.Testing;

namespace PedAtt.Identity.Tests.Passwords;

public sealed partial class ForgotPasswordTests(IdentityService service)
{
    private const string Fresh = "жаңа құпиясөз 7";

    [Theory]
    [InlineData("kk", "құпиясөзді қалпына келтіру", false)]
    [InlineData("ru", "восстановление пароля", true)]
    public async Task A_forgotten_password_is_reset_by_the_code_of_a_letter_or_its_link(
        string language,
        string subject,
        bool byLink
    )
    {
        var person = await service.RegisteredAsync(with: new Newcomer { Language = language });
        using var signedIn = await service.AsAsync(person.Login!, person.Password!);
        using var client = service.From();
        var (code, link, title) = await LetterAsync(client, person.Email!);
        Assert.Contains(subject, title, StringComparison.Ordinal);
        Assert.Equal("https://pedatt.example/password/reset", link.Split('#')[0]);

        object Body(string password) =>
            byLink
                ? new { token = link.Split("#token=")[1], password }
                : new { code = code.ToUpperInvariant(), password };
        Assert.Equal(
            "password: password.weak",
            await client.PostAsync("password/reset", Body("1234567890")).ErrorsAsync()
        );
        Assert.Equal(
            "password: password.weak",
            await client.PostAsync("password/reset", Body(person.Email!)).ErrorsAsync()
        );
        await client.PostAsync("password/reset", Body(Fresh)).JsonAsync(204);

        Assert.Equal(
            "token: token.invalid",
            await client.PostAsync("password/reset", Body("another password")).ErrorsAsync()
        );
        Assert.Equal("401 session.ended", await signedIn.AskAsync("me").RefusalAsync());
        Assert.Equal("401 credentials.invalid", await client.SignInAsync(person.Login, person.Password).RefusalAsync());
        await client.SignInAsync(person.Login, Fresh).JsonAsync();
    }

    [Fact]
    public async Task The_answer_does_not_say_whether_the_address_is_known()
    {
        using var client = service.From();
        var unknown = $"{Guid.NewGuid():N}@nobody.example.kz";
        await client.PostAsync("password/forgot", new { email = unknown }).JsonAsync(204);
        var person = await service.RegisteredAsync();
        await LetterAsync(client, person.Email!);
        // The later letter has arrived, so the earlier one would have.
        Assert.Empty(await (await TestServers.StartAsync()).MailAsync(unknown, expected: 0));
        Assert.Equal(
            "email: email.invalid",
            await client.PostAsync("password/forgot", new { email = "x" }).ErrorsAsync()
        );
        Assert.Equal("email: required", await client.PostAsync("password/forgot", new { }).ErrorsAsync());
    }

    [Fact]
    public async Task A_code_lives_half_an_hour_and_five_letters_an_hour_are_enough()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        var person = await own.RegisteredAsync();
        using var client = own.From();
        var (code, _, _) = await LetterAsync(client, person.Email!);
        own.Clock.PutForward(SessionRules.ResetCode);
        Assert.Equal(
            "token: token.invalid",
            await client.PostAsync("password/reset", new { code, password = Fresh }).ErrorsAsync()
        );

        await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ => client.PostAsync("password/forgot", new { email = person.Email }).JsonAsync(204))
        );
        await using var db = own.Open();
        Assert.Equal(5, await db.PasswordResets.CountAsync());
    }

    [Fact]
    public async Task Of_a_persons_codes_the_newest_is_good_and_none_of_an_address_given_up()
    {
        var person = await service.RegisteredAsync();
        using var client = service.From();
        var (first, _, _) = await LetterAsync(client, person.Email!);
        var (second, _, _) = await LetterAsync(client, person.Email!, expected: 2);
        Assert.NotEqual(first, second);
        Assert.Equal(
            "token: token.invalid",
            await client.PostAsync("password/reset", new { code = first, password = Fresh }).ErrorsAsync()
        );
        await client.PostAsync("password/reset", new { code = second, password = Fresh }).JsonAsync(204);

        var (third, _, _) = await LetterAsync(client, person.Email!, expected: 3);
        using var signedIn = await service.AsAsync(person.Login!, Fresh);
        using var patch = new HttpRequestMessage(HttpMethod.Patch, "/api/identity/me")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { email = $"{Guid.NewGuid():N}@school.example.kz" }),
        };
        await signedIn.SendAsync(patch).JsonAsync();
        Assert.Equal(
            "token: token.invalid",
            await client.PostAsync("password/reset", new { code = third, password = Fresh }).ErrorsAsync()
        );
    }

    [Fact]
    public async Task A_guessed_code_opens_nothing()
    {
        using var client = service.From();
        Assert.Equal(
            "token: token.invalid",
            await client.PostAsync("password/reset", new { code = "2222-2222", password = Fresh }).ErrorsAsync()
        );
        Assert.Equal(
            "token: required",
            await client.PostAsync("password/reset", new { password = Fresh }).ErrorsAsync()
        );
    }

    private static async Task<(string Code, string Link, string Subject)> LetterAsync(
        HttpClient client,
        string address,
        int expected = 1
    )
    {
        await client.PostAsync("password/forgot", new { email = address }).JsonAsync(204);
        var letter = (await (await TestServers.StartAsync()).MailAsync(address, expected))[^1];
        var text = letter.Text("text")!;
        return (Code().Match(text).Value, Link().Match(text).Value, letter.Text("subject")!);
    }

    [GeneratedRegex("[2-9a-z]{5}-[2-9a-z]{5}-[2-9a-z]{5}-[2-9a-z]{2}")]
    private static partial Regex Code();

    [GeneratedRegex(@"https://\S+")]
    private static partial Regex Link();
}
