using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Journeys;

/// <summary>What a form says when something in it is wrong, and what it mends by itself.</summary>
public class FormTests(Site site)
{
    [Fact]
    public async Task A_registration_tells_all_that_is_wrong_at_once_and_keeps_the_new_password()
    {
        await using var visitor = await site.VisitAsync("kk");
        await visitor.OpenAsync("/register");
        await visitor.Field("field.login").FillAsync("no-such-login");
        await visitor.Field("register.iin").FillAsync("12345");
        await visitor.Field("account.email").FillAsync("aigul");
        await visitor.Field("register.password").FillAsync(Person.Password);
        await visitor.Button("register.submit").ClickAsync();
        foreach (
            var key in new[]
            {
                "error.login.not-issued",
                "error.phone.required",
                "error.familyName.required",
                "error.givenName.required",
                "error.consent.required",
            }
        )
            await Expect(visitor.Errors).ToContainTextAsync(visitor.Words[key]);
        // What any field could be told stands with the field's name above the page.
        await Expect(visitor.Errors)
            .ToContainTextAsync($"{visitor.Words["register.iin"]}: {visitor.Words["error.iin.invalid"]}");
        await Expect(visitor.Errors)
            .ToContainTextAsync($"{visitor.Words["account.email"]}: {visitor.Words["error.email.invalid"]}");
        await Expect(visitor.Field("register.password")).ToHaveValueAsync(Person.Password);
        await visitor.SeesNothingRawAsync();
    }

    [Fact]
    public async Task An_entry_says_limits_samples_and_days_that_do_not_exist()
    {
        var (visitor, teacher, application) = await AtAsync("ru");
        await using var ended = visitor;
        await visitor.OpenAsync($"/applications/{application.Id}/portfolio/knowledge-quality/new");
        await visitor.Page.Locator("[name=schoolYear]").FillAsync("2024/2025");
        await visitor.Page.Locator("[name=quality]").FillAsync("185,5 %");
        await visitor.Button("form.save").ClickAsync();
        await Expect(visitor.Errors).ToContainTextAsync(visitor.Words["error.sample.year"]);
        await Expect(visitor.Errors).ToContainTextAsync(visitor.Words["error.limit.range", 0, 100]);

        await visitor.OpenAsync($"/applications/{application.Id}/portfolio/professional-development/new");
        await visitor.Page.Locator("[name='issuedOn.day']").FillAsync("31.02.2027");
        await visitor.Button("form.save").ClickAsync();
        await Expect(visitor.Errors).ToContainTextAsync(visitor.Words["error.date.invalid"]);
        foreach (var (part, value) in new[] { ("day", "31"), ("month", "2"), ("year", "2027") })
            await visitor.Page.Locator($"[name='issuedOn.{part}']").FillAsync(value);
        await visitor.Button("form.save").ClickAsync();
        await Expect(visitor.Errors).ToContainTextAsync(visitor.Words["error.date.absent", "31.02.2027"]);
        await visitor.Page.Locator("[name='issuedOn.day']").FillAsync("27.03.2026");
        await visitor.Page.Locator("[name='issuedOn.month']").FillAsync("");
        await visitor.Page.Locator("[name='issuedOn.year']").FillAsync("");
        await visitor.Button("form.save").ClickAsync();
        await Expect(visitor.Page.Locator("[name='issuedOn.year']")).ToHaveValueAsync("2026");
        await visitor.SeesNothingRawAsync();

        // Two thousand signs with line ends are two thousand signs.
        var note = string.Join("\n", Enumerable.Repeat(new string('а', 49), 40)) + "!";
        Assert.Equal(2000, note.Length);
        await visitor.OpenAsync($"/applications/{application.Id}/portfolio/knowledge-quality/new");
        await visitor.Page.Locator("[name=schoolYear]").FillAsync("2025 г.");
        await visitor.Page.Locator("[name=quality]").FillAsync("85,5 %");
        await visitor.Page.Locator("[name=note]").FillAsync(note);
        await visitor
            .Field("files.add")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "a.pdf",
                    MimeType = "application/pdf",
                    Buffer = Files.Pdf().Content,
                }
            );
        await visitor.SeesAsync(visitor.Words["upload.done"]);
        await visitor.Button("form.save").ClickAsync();
        await visitor.SeesAsync(visitor.Words["saved"]);
        var fields = Assert
            .Single((await teacher.PortfolioAsync(application.Id)).Block("knowledge-quality").Entries)
            .Fields;
        Assert.Equal(note, fields["note"].GetString());
        Assert.Equal((2025, 85.5m), (fields["schoolYear"].GetInt32(), fields["quality"].GetDecimal()));
    }

    [Fact]
    public async Task Two_photos_of_the_identity_card_become_one_file_on_saving_and_a_phones_own_format_is_told_what_to_do()
    {
        var (visitor, teacher, application) = await AtAsync("kk");
        await using var ended = visitor;
        await visitor.OpenAsync($"/applications/{application.Id}/identity-card");
        await visitor.SeesAsync(visitor.Words["upload.drop"]);
        var field = visitor.Field("files.single");
        await field.SetInputFilesAsync(
            new FilePayload
            {
                Name = "IMG_1.HEIC",
                MimeType = "image/heic",
                Buffer = [1, 2, 3],
            }
        );
        await visitor.SeesAsync(visitor.Words["error.file.heic"]);
        await field.SetInputFilesAsync(
            new[] { Files.Jpeg("front.jpg"), Files.Png("back.png") }.Select(file => new FilePayload
            {
                Name = file.Name,
                MimeType = file.ContentType,
                Buffer = file.Content,
            })
        );
        await visitor.Button("form.save").ClickAsync();
        await visitor.IsAtAsync($"/applications/{application.Id}/portfolio");
        Assert.Equal("application/pdf", (await teacher.PortfolioAsync(application.Id)).IdentityCard!.ContentType);

        // Of photos that cannot be joined the broken one is named.
        await visitor.OpenAsync($"/applications/{application.Id}/identity-card");
        await visitor.SeesAsync(visitor.Words["upload.drop"]);
        await visitor
            .Field("files.replace")
            .SetInputFilesAsync(
                new FilePayload[]
                {
                    new()
                    {
                        Name = "front.jpg",
                        MimeType = "image/jpeg",
                        Buffer = Files.Jpeg().Content,
                    },
                    new()
                    {
                        Name = "broken.jpg",
                        MimeType = "image/jpeg",
                        Buffer = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3],
                    },
                }
            );
        await visitor.Button("form.save").ClickAsync();
        await visitor.SeesAsync(visitor.Words["upload.join-failed", "broken.jpg"]);
    }

    [Fact]
    public async Task A_language_chosen_on_a_form_is_that_of_the_menu_and_of_the_next_sign_in()
    {
        var (visitor, teacher, application) = await AtAsync("ru");
        await using var ended = visitor;
        await visitor.OpenAsync($"/applications/{application.Id}/edit");
        await visitor.Page.Locator("[name=about]").FillAsync("Начато по-русски");
        await visitor.Page.Locator("button[name=lang][value=kk]").ClickAsync();
        var kazakh = Words.In("kk");
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = kazakh["layout.sign-out"], Exact = true }))
            .ToBeVisibleAsync();
        await Expect(
                visitor.Page.GetByRole(AriaRole.Link, new() { Name = kazakh["navigation.applications"], Exact = true })
            )
            .ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("[name=about]")).ToHaveValueAsync("Начато по-русски");
        Assert.Equal("kk", (await teacher.GetAsync<Myself>("/api/identity/me")).Language);
    }

    private async Task<(Visitor, Person, Application)> AtAsync(string language)
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        return (await site.VisitAsync(teacher, language), teacher, application);
    }
}
