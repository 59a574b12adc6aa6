using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tests.Logins;

public sealed class ImportLoginsTests(IdentityService service)
{
    private const string Heading = "role,organisationBin,login,iin,fullName";
    private const string School = "220740000044";
    private const string District = "220740000032";

    [Fact]
    public async Task Each_row_is_issued_or_answered_with_its_codes()
    {
        using var administrator = await service.AsAdministratorAsync();
        var (login, iin) = ($"csv-{Guid.NewGuid():N}", Newcomer.NewIin());
        var csv = $"""
            {Heading}
            teacher,{School},,,"Сейтқали ""Әсел"", Маратқызы"
            secretary,{School},{login},{iin},
            secretary,{School},,,

            executor,{School},,,
            teacher,123456789012,,,
            teacher,{School},{login.ToUpperInvariant()},,
            teacher,{School},a b,850615100018,
            teacher,{School}
            """;
        var tried = await ImportAsync(administrator, csv, dryRun: true);
        await using (var db = service.Open())
            Assert.False(await db.IssuedLogins.AnyAsync(one => one.Login == login));
        var rows = await ImportAsync(administrator, csv);

        (int, string)[] refused =
        [
            (6, "role.level"),
            (7, "organisationBin.unknown-key"),
            (8, "login.already-issued"),
            (9, "login.invalid iin.invalid"),
            (10, "csv.cells"),
        ];
        Assert.Equal(
            [(2, ""), (3, ""), (4, ""), .. refused],
            tried.Select(row => (row.GetProperty("line").GetInt32(), Codes(row)))
        );
        Assert.All(tried, row => Assert.False(row.GetProperty("issued").GetBoolean()));
        Assert.Equal(
            [(2, ""), (3, ""), (4, ""), .. refused],
            rows.Select(row => (row.GetProperty("line").GetInt32(), Codes(row)))
        );
        Assert.Equal(
            [true, true, true, false, false, false, false, false],
            rows.Select(row => row.GetProperty("issued").GetBoolean())
        );
        Assert.Equal(login, rows[1].Text("login"));
        Assert.NotNull(rows[1].Text("activationCode"));
        Assert.NotNull(rows[2].Text("activationCode"));
        Assert.Equal(("teacher", "Сейтқали \"Әсел\", Маратқызы"), (rows[0].Text("role"), rows[0].Text("fullName")));

        await using var after = service.Open();
        var issued = await after.IssuedLogins.SingleAsync(one => one.Login == login);
        Assert.Equal((iin, "secretary"), (issued.Iin, issued.Role));
        var first = rows[0].Text("login");
        Assert.Equal(
            "Сейтқали \"Әсел\", Маратқызы",
            (await after.IssuedLogins.SingleAsync(one => one.Login == first)).FullName
        );
    }

    [Fact]
    public async Task An_IIN_that_stands_twice_or_has_an_account_is_told()
    {
        using var administrator = await service.AsAdministratorAsync();
        var (iin, person) = (Newcomer.NewIin(), await service.RegisteredAsync());
        var rows = await ImportAsync(
            administrator,
            $"{Heading}\nteacher,{School},,{iin},\nteacher,{School},,{iin},\nteacher,{School},,{person.Iin},\nteacher,{School},,,",
            dryRun: true
        );
        Assert.Equal(
            ["", "iin.twice", "iin.already-registered", ""],
            rows.Select(row =>
                string.Join(' ', row.GetProperty("warnings").EnumerateArray().Select(one => one.GetString()))
            )
        );
    }

    [Fact]
    public async Task Empty_columns_behind_the_last_and_a_line_that_names_the_separator_are_no_mistakes()
    {
        using var administrator = await service.AsAdministratorAsync();
        var heading = Heading.Replace(',', ';');
        var rows = await ImportAsync(
            administrator,
            $"sep=;\r\n{heading};;\r\nteacher;{School};;;Бір;;\r\nexecutor;{District};;;Екі; ;\r\n",
            dryRun: true
        );
        Assert.Equal(["", ""], rows.Select(Codes));
    }

    [Fact]
    public async Task A_spreadsheet_of_Kazakhstans_locale_is_read_too()
    {
        using var administrator = await service.AsAdministratorAsync();
        var rows = await ImportAsync(
            administrator,
            $"\uFEFF{Heading.Replace(',', ';')}\r\nteacher;{School};;;Бір\r\nexecutor;{District};;;Екі\r\n"
        );
        Assert.Equal([true, true], rows.Select(row => row.GetProperty("issued").GetBoolean()));
    }

    [Fact]
    public async Task An_import_that_breaks_off_has_issued_nothing()
    {
        using var administrator = await service.AsAdministratorAsync();
        var (first, second) = ($"first-{Guid.NewGuid():N}", $"second-{Guid.NewGuid():N}");
        await using var other = service.Open();
        await using var transaction = await other.Database.BeginTransactionAsync();
        other.IssuedLogins.Add(
            new IssuedLogin
            {
                Login = second,
                Role = "teacher",
                OrganisationId = await service.OrganisationAsync(),
                IssuedAt = service.Clock.GetUtcNow(),
                ExpiresAt = service.Clock.GetUtcNow().AddDays(60),
            }
        );
        await other.SaveChangesAsync();

        // The second row has to wait for somebody who has not decided yet; meanwhile the administrator goes away.
        using var goesAway = new CancellationTokenSource();
        using var content = new StringContent(
            $"{Heading}\nsecretary,{School},{first},,\nsecretary,{School},{second},,",
            Encoding.UTF8,
            "text/csv"
        );
        var import = administrator.PostAsync(
            new Uri("/api/identity/logins/import", UriKind.Relative),
            content,
            goesAway.Token
        );
        await UntilAsync(waiting => waiting > 0);
        await goesAway.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => import);
        await UntilAsync(waiting => waiting == 0);
        await transaction.RollbackAsync();
        Assert.False(await other.IssuedLogins.AnyAsync(one => one.Login == first));
        var again = await ImportAsync(
            administrator,
            $"{Heading}\nsecretary,{School},{first},,\nsecretary,{School},{second},,"
        );
        Assert.All(again, row => Assert.NotNull(row.Text("activationCode")));

        async Task UntilAsync(Func<int, bool> so)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await using var db = service.Open();
            while (
                !so(
                    await db
                        .Database.SqlQuery<int>(
                            $"""
                            select count(*)::int as "Value" from pg_stat_activity
                            where datname = current_database() and wait_event_type = 'Lock' and query ilike '%issued_logins%'
                            """
                        )
                        .SingleAsync(patience.Token)
                )
            )
                await Task.Delay(50, patience.Token);
        }
    }

    [Fact]
    public async Task Letters_that_cannot_be_kept_are_refused()
    {
        using var administrator = await service.AsAdministratorAsync();
        var rows = await ImportAsync(
            administrator,
            $"{Heading}\nteacher,{School},,,А\0Б\nteacher,12345678901\0,,,\nteacher,{School},a\0b,,"
        );
        Assert.Equal(["text.control-characters", "organisationBin.unknown-key", "login.invalid"], rows.Select(Codes));
        using var content = new ByteArrayContent([
            .. Encoding.UTF8.GetBytes($"{Heading}\nteacher,{School},,,"),
            0xC0,
            0xE1,
            0xE2,
        ]);
        content.Headers.ContentType = new("text/csv");
        Assert.Equal(
            "400 csv.encoding",
            await administrator
                .PostAsync(new Uri("/api/identity/logins/import", UriKind.Relative), content)
                .RefusalAsync()
        );
    }

    [Fact]
    public async Task Another_part_of_the_tree_is_not_theirs_to_fill()
    {
        var person = await service.RegisteredAsync("administrator", "organisation");
        using var school = await service.AsAsync(person.Login!, person.Password!);
        var rows = await ImportAsync(
            school,
            $"{Heading}\nteacher,{School},,,\nexecutor,{District},,,\nhead,{School},,,"
        );
        Assert.Equal(["", "role.not-allowed", "role.not-allowed"], rows.Select(Codes));
    }

    [Theory]
    [InlineData("role,login\nteacher,x", "text/csv", "400 csv.columns")]
    [InlineData("", "text/csv", "400 csv.columns")]
    [InlineData("{}", "application/json", "415 request.media-type")]
    public async Task What_is_no_such_table_is_refused(string body, string type, string refusal)
    {
        using var administrator = await service.AsAdministratorAsync();
        using var content = new StringContent(body, Encoding.UTF8, type);
        Assert.Equal(
            refusal,
            await administrator
                .PostAsync(new Uri("/api/identity/logins/import", UriKind.Relative), content)
                .RefusalAsync()
        );
    }

    private static string Codes(JsonElement row) =>
        string.Join(' ', row.GetProperty("codes").EnumerateArray().Select(code => code.GetString()));

    private static async Task<JsonElement[]> ImportAsync(HttpClient client, string csv, bool dryRun = false)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        var answer = await client
            .PostAsync(
                new Uri($"/api/identity/logins/import?dryRun={(dryRun ? "true" : "false")}", UriKind.Relative),
                content
            )
            .JsonAsync();
        Assert.Equal(dryRun, answer.GetProperty("dryRun").GetBoolean());
        return [.. answer.GetProperty("rows").EnumerateArray()];
    }
}
