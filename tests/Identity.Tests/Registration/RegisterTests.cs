using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tests.Registration;

public sealed class RegisterTests(IdentityService service)
{
    [Fact]
    public async Task The_login_is_checked_first_and_alone()
    {
        using var client = service.From();
        Assert.Equal("login: required", await client.PostAsync("registrations", new { email = "x" }).ErrorsAsync());
        Assert.Equal(
            "login: login.not-issued",
            await client.PostAsync("registrations", new { login = "nobody-has-this", email = "x" }).ErrorsAsync()
        );
    }

    [Fact]
    public async Task All_other_fields_are_told_at_once()
    {
        using var client = service.From();
        var login = await IssuedAsync();
        Assert.Equal(
            "consent: consent.required; email: email.invalid; familyName: required; givenName: required; iin: iin.invalid; "
                + "language: unknown-key; password: password.weak; phone: phone.invalid",
            await client
                .PostAsync(
                    "registrations",
                    new Newcomer
                    {
                        Login = login,
                        Iin = "850615100018",
                        Email = "somebody@",
                        Phone = "87011234567",
                        Password = "qwertyuiop",
                        FamilyName = " ",
                        GivenName = null,
                        Language = "de",
                        Consent = false,
                    }
                )
                .ErrorsAsync()
        );
        Assert.Equal(
            "consent: consent.required; email: required; familyName: required; givenName: required; iin: required; password: required; phone: required",
            await client.PostAsync("registrations", new { login }).ErrorsAsync()
        );
    }

    [Theory]
    [InlineData("short 9ch", false)]
    [InlineData("1234567890", false)]
    [InlineData("йцукенгшщз", false)]
    [InlineData("Password123", false)]
    [InlineData("aaaaaaaaaaaa", false)]
    [InlineData("абвабвабвабв", false)]
    [InlineData("850615100801", false)]
    [InlineData("+77011234567", false)]
    [InlineData("ten chars.", true)]
    [InlineData("бір екі үш", true)]
    public async Task A_password_is_ten_characters_and_not_a_common_one(string password, bool good)
    {
        using var client = service.From();
        var newcomer = new Newcomer { Login = await IssuedAsync(), Password = password };
        if (password == "850615100801")
            newcomer = newcomer with { Password = newcomer.Iin };
        if (good)
            await client.PostAsync("registrations", newcomer).JsonAsync(201);
        else
            Assert.Equal("password: password.weak", await client.PostAsync("registrations", newcomer).ErrorsAsync());
    }

    [Fact]
    public async Task A_password_of_128_characters_is_taken_one_more_is_not()
    {
        using var client = service.From();
        var newcomer = new Newcomer
        {
            Login = await IssuedAsync(),
            Password = string.Concat(Enumerable.Range(0, 129).Select(i => (char)('а' + (i * 7 % 31)))),
        };
        Assert.Equal("password: password.weak", await client.PostAsync("registrations", newcomer).ErrorsAsync());
        newcomer = newcomer with { Password = newcomer.Password[..128] };
        await client.PostAsync("registrations", newcomer).JsonAsync(201);
        using var signedIn = await service.AsAsync(newcomer.Login!, newcomer.Password);
        Assert.Equal(
            "401 credentials.invalid",
            await client.SignInAsync(newcomer.Login, newcomer.Password[..127]).RefusalAsync()
        );
    }

    [Fact]
    public async Task A_password_keeps_the_blanks_at_its_ends()
    {
        using var client = service.From();
        var newcomer = new Newcomer { Login = await IssuedAsync(), Password = "  blanks count  " };
        await client.PostAsync("registrations", newcomer).JsonAsync(201);
        Assert.Equal(
            "401 credentials.invalid",
            await client.SignInAsync(newcomer.Login, newcomer.Password.Trim()).RefusalAsync()
        );
        await client.SignInAsync(newcomer.Login, newcomer.Password).JsonAsync();
    }

    [Fact]
    public async Task A_used_login_is_told_as_used_and_nobody_registers_twice()
    {
        var person = await service.RegisteredAsync();
        using var client = service.From();
        Assert.Equal(
            "login: login.already-used",
            await client.PostAsync("registrations", new Newcomer { Login = person.Login }).ErrorsAsync()
        );
        Assert.Equal(
            "email: email.already-registered; iin: iin.already-registered",
            await client
                .PostAsync(
                    "registrations",
                    new Newcomer
                    {
                        Login = await IssuedAsync(),
                        Iin = person.Iin,
                        Email = person.Email!.ToUpperInvariant(),
                    }
                )
                .ErrorsAsync()
        );
    }

    [Fact]
    public async Task With_a_login_for_a_number_only_that_person_registers()
    {
        using var client = service.From();
        var iin = Newcomer.NewIin();
        var login = await IssuedAsync(iin);
        Assert.Equal(
            "login: login.not-issued",
            await client.PostAsync("registrations", new Newcomer { Login = login }).ErrorsAsync()
        );
        await client
            .PostAsync("registrations", new Newcomer { Login = login!.ToUpperInvariant(), Iin = iin })
            .JsonAsync(201);
    }

    [Fact]
    public async Task Of_many_at_once_with_one_login_or_one_number_one_registers()
    {
        var newcomer = new Newcomer { Login = await IssuedAsync() };
        var sameLogin = await AllAtOnce(
            Enumerable.Range(0, 4).Select(_ => newcomer with { Iin = Newcomer.NewIin(), Email = new Newcomer().Email })
        );
        Assert.Equal([201, 400, 400, 400], sameLogin);

        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => IssuedAsync()));
        var sameIin = await AllAtOnce(others.Select(login => new Newcomer { Login = login, Iin = newcomer.Iin }));
        Assert.Equal([201, 400, 400, 400], sameIin);

        async Task<IEnumerable<int>> AllAtOnce(IEnumerable<Newcomer> newcomers)
        {
            using var client = service.From();
            var answers = await Task.WhenAll(newcomers.Select(one => client.PostAsync("registrations", one)));
            return answers.Select(answer => (int)answer.StatusCode).Order();
        }
    }

    [Fact]
    public async Task The_consent_is_kept_with_its_text_and_time()
    {
        var person = await service.RegisteredAsync(with: new Newcomer { Language = "kk" });
        await using var db = service.Open();
        var consent = await db.Consents.SingleAsync(one => one.UserId == person.Id);
        Assert.NotEmpty(consent.TextVersion);
        Assert.Equal("kk", consent.Language);
        Assert.InRange(consent.At, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddSeconds(1));
    }

    [Theory]
    [InlineData("aliya.s+school@mektep-7.edu.kz", true)]
    [InlineData("a@мектеп.қаз", true)]
    [InlineData("әлия@mektep.kz", false)]
    [InlineData("a..b@mektep.kz", false)]
    [InlineData(".a@mektep.kz", false)]
    [InlineData("a.@mektep.kz", false)]
    [InlineData("a@mektep", false)]
    [InlineData("a b@mektep.kz", false)]
    [InlineData("a@-mektep.kz", false)]
    [InlineData("Әлия <a@mektep.kz>", false)]
    public void An_address_is_one_that_a_letter_can_be_sent_to(string email, bool good) =>
        Assert.Equal(good, Contacts.IsEmail(email));

    [Theory]
    [InlineData("{\"login\": \"demo", "400 request.malformed")]
    [InlineData("[]", "400 request.malformed")]
    [InlineData("\"login\"", "400 request.malformed")]
    [InlineData("{\"login\": 7}", "400 validation")]
    [InlineData("{\"login\": \"\\ud800\"}", "400 validation")]
    [InlineData("{\"login\": \"a\\u0000b\"}", "400 validation")]
    public async Task A_body_that_is_none_is_refused(string body, string refusal)
    {
        using var client = service.From();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        foreach (var path in (string[])["registrations", "tokens"])
            Assert.Equal(
                refusal,
                await client.PostAsync(new Uri($"/api/identity/{path}", UriKind.Relative), content).RefusalAsync()
            );
    }

    private async Task<string?> IssuedAsync(string? iin = null)
    {
        using var administrator = await service.AsAdministratorAsync();
        return (
            await administrator
                .PostAsync(
                    "logins",
                    new
                    {
                        role = "teacher",
                        organisationId = await service.OrganisationAsync(),
                        iin,
                    }
                )
                .JsonAsync(201)
        ).Text("login");
    }
}
