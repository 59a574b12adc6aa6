namespace PedAtt.Identity.Tests.Logins;

public sealed class IssueLoginTests(IdentityService service)
{
    [Fact]
    public async Task A_login_left_out_is_generated_and_no_two_are_alike()
    {
        using var administrator = await service.AsAdministratorAsync();
        var school = await service.OrganisationAsync();
        var logins = new HashSet<string>();
        for (var i = 0; i < 5; i++)
        {
            var issued = await administrator
                .PostAsync("logins", new { role = "teacher", organisationId = school })
                .JsonAsync(201);
            Assert.Matches("^t-[2-9a-z]{5}-[2-9a-z]{5}-[2-9a-z]{3}$", issued.Text("login"));
            Assert.Null(issued.Text("activationCode"));
            Assert.True(logins.Add(issued.Text("login")!));
        }
    }

    [Fact]
    public async Task Every_login_but_a_teachers_that_names_nobody_has_a_code()
    {
        using var administrator = await service.AsAdministratorAsync();
        var school = await service.OrganisationAsync();
        var withCode = await administrator
            .PostAsync("logins", new { role = "secretary", organisationId = school })
            .JsonAsync(201);
        var withIin = await administrator
            .PostAsync(
                "logins",
                new
                {
                    role = "secretary",
                    organisationId = school,
                    iin = Newcomer.NewIin(),
                }
            )
            .JsonAsync(201);
        Assert.Matches("^[2-9a-z]{5}-[2-9a-z]{5}-[2-9a-z]{3}$", withCode.Text("activationCode"));
        Assert.Matches("^[2-9a-z]{5}-[2-9a-z]{5}-[2-9a-z]{3}$", withIin.Text("activationCode"));

        using var client = service.From();
        var newcomer = new Newcomer { Login = withCode.Text("login") };
        Assert.Equal("login: login.not-issued", await client.PostAsync("registrations", newcomer).ErrorsAsync());
        Assert.Equal(
            "login: login.not-issued",
            await client.PostAsync("registrations", newcomer with { ActivationCode = "22222-22222-222" }).ErrorsAsync()
        );
        // Typed as people type: capitals, without the dashes.
        var typed = withCode.Text("activationCode")!.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        await client.PostAsync("registrations", newcomer with { ActivationCode = typed }).JsonAsync(201);
    }

    [Fact]
    public async Task A_login_is_issued_once_however_it_is_cased()
    {
        using var administrator = await service.AsAdministratorAsync();
        var school = await service.OrganisationAsync();
        var login = $"mektep-{Guid.NewGuid():N}";
        await administrator
            .PostAsync(
                "logins",
                new
                {
                    role = "teacher",
                    organisationId = school,
                    login,
                }
            )
            .JsonAsync(201);
        Assert.Equal(
            "409 login.already-issued",
            await administrator
                .PostAsync(
                    "logins",
                    new
                    {
                        role = "teacher",
                        organisationId = school,
                        login = login.ToUpperInvariant(),
                    }
                )
                .RefusalAsync()
        );
        Assert.Equal(
            "409 login.already-issued",
            await administrator
                .PostAsync(
                    "logins",
                    new
                    {
                        role = "teacher",
                        organisationId = school,
                        login = "demo-teacher",
                    }
                )
                .RefusalAsync()
        );
    }

    [Fact]
    public async Task Of_two_at_once_one_gets_the_login()
    {
        using var administrator = await service.AsAdministratorAsync();
        var body = new
        {
            role = "teacher",
            organisationId = await service.OrganisationAsync(),
            login = $"both-{Guid.NewGuid():N}",
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => administrator.PostAsync("logins", body)));
        Assert.Equal([201, 409, 409, 409], answers.Select(answer => (int)answer.StatusCode).Order());
    }

    [Theory]
    [InlineData("executor", "organisation", "role: role.level")]
    [InlineData("teacher", "district", "role: role.level")]
    [InlineData("head", "region", "role: role.level")]
    [InlineData("king", "district", "role: unknown-key")]
    [InlineData(null, "district", "role: required")]
    public async Task A_role_sits_on_the_levels_of_the_table(string? role, string level, string errors)
    {
        using var administrator = await service.AsAdministratorAsync();
        Assert.Equal(
            errors,
            await administrator
                .PostAsync("logins", new { role, organisationId = await service.OrganisationAsync(level) })
                .ErrorsAsync()
        );
    }

    [Fact]
    public async Task What_is_wrong_is_told_field_by_field()
    {
        using var administrator = await service.AsAdministratorAsync();
        Assert.Equal(
            "fullName: field.too-long text.control-characters; iin: iin.invalid; login: login.invalid; organisationId: unknown-key; role: unknown-key",
            await administrator
                .PostAsync(
                    "logins",
                    new
                    {
                        role = "king",
                        organisationId = Guid.NewGuid(),
                        login = "a b",
                        iin = "850615100018",
                        fullName = new string('а', 201) + '\n' + 'а',
                    }
                )
                .ErrorsAsync()
        );
        Assert.Equal(
            "organisationId: unknown-key",
            await administrator.PostAsync("logins", new { role = "teacher", organisationId = "no id" }).ErrorsAsync()
        );
    }

    [Fact]
    public async Task An_administrator_acts_in_their_own_part_of_the_tree_and_below_themselves()
    {
        var person = await service.RegisteredAsync("administrator", "district");
        using var district = await service.AsAsync(person.Login!, person.Password!);
        await district
            .PostAsync("logins", new { role = "teacher", organisationId = await service.OrganisationAsync() })
            .JsonAsync(201);
        await district
            .PostAsync(
                "logins",
                new
                {
                    role = "administrator",
                    organisationId = await service.OrganisationAsync(),
                    iin = Newcomer.NewIin(),
                }
            )
            .JsonAsync(201);
        foreach (
            var (role, level) in new[]
            {
                ("executor", "region"),
                ("executor", "republic"),
                ("administrator", "district"),
            }
        )
            Assert.Equal(
                "403 role.not-allowed",
                await district
                    .PostAsync("logins", new { role, organisationId = await service.OrganisationAsync(level) })
                    .RefusalAsync()
            );
    }

    [Fact]
    public async Task Only_administrators_issue_logins()
    {
        using var teacher = await service.AsAsync("demo-teacher");
        Assert.Equal("403 role.not-allowed", await teacher.PostAsync("logins", new { nonsense = true }).RefusalAsync());
        using var nobody = service.From();
        Assert.Equal("401 not-signed-in", await nobody.PostAsync("logins", new { }).RefusalAsync());
    }

    [Fact]
    public async Task A_login_that_nobody_used_expires_in_sixty_days()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var administrator = await own.AsAdministratorAsync();
        var asked = new
        {
            role = "teacher",
            organisationId = await own.OrganisationAsync(),
            login = "mektep-7",
        };
        var first = await administrator.PostAsync("logins", asked).JsonAsync(201);
        own.Clock.PutForward(SessionRules.IssuedLogin);
        using var client = own.From();
        Assert.Equal(
            "login: login.not-issued",
            await client.PostAsync("registrations", new Newcomer { Login = "mektep-7" }).ErrorsAsync()
        );

        // Then it is free again, until it is used.
        using var later = await own.AsAdministratorAsync();
        var second = await later.PostAsync("logins", asked).JsonAsync(201);
        Assert.NotEqual(first.Text("id"), second.Text("id"));
        Assert.Equal("409 login.already-issued", await later.PostAsync("logins", asked).RefusalAsync());
        await client.PostAsync("registrations", new Newcomer { Login = "mektep-7" }).JsonAsync(201);
        own.Clock.PutForward(SessionRules.IssuedLogin);
        using var muchLater = await own.AsAdministratorAsync();
        Assert.Equal("409 login.already-issued", await muchLater.PostAsync("logins", asked).RefusalAsync());
    }

    [Fact]
    public async Task A_repeated_key_gives_the_same_login()
    {
        using var administrator = await service.AsAdministratorAsync();
        administrator.DefaultRequestHeaders.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var body = new { role = "teacher", organisationId = await service.OrganisationAsync() };
        var first = await administrator.PostAsync("logins", body).JsonAsync(201);
        var second = await administrator.PostAsync("logins", body).JsonAsync(201);
        Assert.Equal(first.Text("login"), second.Text("login"));
        Assert.Equal(
            "422 idempotency.key-reused",
            await administrator.PostAsync("logins", new { role = "secretary", body.organisationId }).RefusalAsync()
        );
    }

    [Fact]
    public async Task An_IIN_that_has_an_account_already_is_told_when_a_login_is_issued_for_it()
    {
        using var administrator = await service.AsAdministratorAsync();
        var (person, school) = (await service.RegisteredAsync(), await service.OrganisationAsync());
        var again = await administrator
            .PostAsync(
                "logins",
                new
                {
                    role = "secretary",
                    organisationId = school,
                    iin = person.Iin,
                }
            )
            .JsonAsync(201);
        Assert.Equal(
            ["iin.already-registered"],
            again.GetProperty("warnings").EnumerateArray().Select(one => one.GetString())
        );
        var other = await administrator
            .PostAsync(
                "logins",
                new
                {
                    role = "secretary",
                    organisationId = school,
                    iin = Newcomer.NewIin(),
                }
            )
            .JsonAsync(201);
        Assert.Empty(other.GetProperty("warnings").EnumerateArray());
    }
}
