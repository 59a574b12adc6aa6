namespace PedAtt.SystemTests.BadInput;

/// <summary>What a wrong registration gets. Nothing half-written: the login that it tried is still good for the right
/// one.</summary>
public class BadRegistrationTests(SharedSystem system)
{
    [Theory]
    [InlineData("iin", "iin.invalid")]
    [InlineData("password", "password.weak")]
    [InlineData("email", "email.invalid")]
    [InlineData("phone", "phone.invalid")]
    [InlineData("familyName", "required")]
    [InlineData("consent", "consent.required")]
    public async Task A_wrong_field_is_told_by_its_code_and_leaves_the_login_unused(string field, string code)
    {
        var newcomer = await Newcomer.IssuedAsync(system);
        var registration = newcomer.Registration();
        registration[field] = field switch
        {
            "iin" => Numbers.WithWrongDigit(newcomer.Iin),
            "password" => "qwertyuiop",
            "email" => "айгүл",
            "phone" => "87001234567",
            "familyName" => "  ",
            _ => false,
        };
        (await newcomer.RegisterAsync(registration)).Invalid(field, code);
        (await newcomer.RegisterAsync(newcomer.Registration())).Expect(201);
    }

    [Fact]
    public async Task A_used_login_is_used_for_good()
    {
        var newcomer = await Newcomer.IssuedAsync(system);
        (await newcomer.RegisterAsync(newcomer.Registration())).Expect(201);
        var another = newcomer.Registration();
        another["iin"] = Numbers.Iin();
        another["email"] = $"{Guid.NewGuid():N}@example.kz";
        another["phone"] = Numbers.Phone();
        (await newcomer.RegisterAsync(another)).Invalid("login", "login.already-used");
    }

    [Fact]
    public async Task Another_persons_login_is_as_if_it_had_not_been_issued()
    {
        var owner = await Newcomer.IssuedAsync(system, forOne: true);
        var stranger = owner.Registration();
        stranger["iin"] = Numbers.Iin();
        (await owner.RegisterAsync(stranger)).Invalid("login", "login.not-issued");
        var unknown = owner.Registration();
        unknown["login"] = "t-2345-6789-nobody";
        (await owner.RegisterAsync(unknown)).Invalid("login", "login.not-issued");
        (await owner.RegisterAsync(owner.Registration())).Expect(201);
    }

    [Fact]
    public async Task Who_holds_no_good_login_learns_nothing_of_the_other_fields()
    {
        var newcomer = await Newcomer.IssuedAsync(system);
        (await newcomer.RegisterAsync(newcomer.Registration())).Expect(201);
        var probing = newcomer.Registration();
        probing["login"] = "t-nobody";
        probing["password"] = "short";
        (await newcomer.RegisterAsync(probing)).Invalid("login", "login.not-issued");
    }

    [Fact]
    public async Task One_person_and_one_mailbox_have_one_account()
    {
        var first = await Newcomer.IssuedAsync(system);
        (await first.RegisterAsync(first.Registration())).Expect(201);
        var second = await Newcomer.IssuedAsync(system);
        var same = second.Registration();
        same["iin"] = first.Iin;
        (await second.RegisterAsync(same)).Invalid("iin", "iin.already-registered");
        same = second.Registration();
        same["email"] = first.Email.ToUpperInvariant();
        (await second.RegisterAsync(same)).Invalid("email", "email.already-registered");
        (await second.RegisterAsync(second.Registration())).Expect(201);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_login_are_told_alike()
    {
        var nobody = new PedAttClient(system.Gateway);
        var unknown = await nobody.PostAsync(
            "/api/identity/tokens",
            new { login = "t-nobody-at-all", password = Person.Password }
        );
        var wrong = await nobody.PostAsync(
            "/api/identity/tokens",
            new { login = "demo-newcomer", password = "Не тот пароль" }
        );
        unknown.Refused(401, "credentials.invalid");
        wrong.Refused(401, "credentials.invalid");
        Assert.Equal(unknown.Json.GetProperty("detail").GetString(), wrong.Json.GetProperty("detail").GetString());
    }

    /// <summary>Somebody with an issued login, about to register.</summary>
    private sealed class Newcomer(PedAttClient client, string login)
    {
        public string Iin { get; private init; } = Numbers.Iin();

        public string Email { get; } = $"{Guid.NewGuid():N}@example.kz";

        private readonly string phone = Numbers.Phone();

        public static async Task<Newcomer> IssuedAsync(SharedSystem system, bool forOne = false)
        {
            var town = await system.TownAsync();
            var iin = Numbers.Iin();
            var issued = await town.Administrator.PostAsync(
                "/api/identity/logins",
                new
                {
                    role = "teacher",
                    organisationId = town.School.Id,
                    iin = forOne ? iin : null,
                }
            );
            return new(new PedAttClient(system.Gateway), issued.Expect(201).As<IssuedLogin>().Login) { Iin = iin };
        }

        public Dictionary<string, object?> Registration() =>
            new()
            {
                ["login"] = login,
                ["iin"] = Iin,
                ["email"] = Email,
                ["phone"] = phone,
                ["password"] = Person.Password,
                ["familyName"] = "Сәрсенова",
                ["givenName"] = "Ұлпан",
                ["consent"] = true,
            };

        public Task<Answer> RegisterAsync(Dictionary<string, object?> registration) =>
            client.PostAsync("/api/identity/registrations", registration);
    }
}
