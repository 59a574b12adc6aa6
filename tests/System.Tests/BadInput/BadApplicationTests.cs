using System.Text.Json;
using System.Text.Json.Nodes;

namespace PedAtt.SystemTests.BadInput;

/// <summary>What a wrong form gets. Nothing half-written: its teacher has no application afterwards, or the one as it
/// was.</summary>
public class BadApplicationTests(SharedSystem system)
{
    [Theory]
    [InlineData("claimedCategory", "\"teacher-moderator\"", "claimed-category.below-current")]
    [InlineData("claimedCategory", "\"teacher\"", "claimed-category.not-claimable")]
    [InlineData("claimedCategory", "\"teacher-trainee\"", "claimed-category.not-claimable")]
    [InlineData("claimedCategory", "\"teacher-wizard\"", "unknown-key")]
    [InlineData("currentCategoryValidUntil", "\"2026-02-30\"", "date.invalid")]
    [InlineData("currentCategoryValidUntil", "\"вчера\"", "date.invalid")]
    [InlineData("rulesAcknowledged", "false", "rules.not-acknowledged")]
    [InlineData("rulesAcknowledged", null, "rules.not-acknowledged")]
    [InlineData("positionRu", "\"   \"", "required")]
    [InlineData("positionRu", "\"У\"", "field.too-short")]
    [InlineData("positionKk", "\"Мұғалім\\u0007\"", "text.control-characters")]
    [InlineData("attestationYear", "2019", "attestation-year.out-of-range")]
    [InlineData("attestationYear", "\"2027\"", "value.wrong-type")]
    [InlineData("subjects", "[]", "subjects.required")]
    [InlineData("subjects", "[\"alchemy\"]", "unknown-key")]
    [InlineData("subjects", "\"mathematics\"", "value.wrong-type")]
    [InlineData("currentCategoryValidUntil", null, "current-category.date-required")]
    [InlineData("email", "\"айгүл собака школа\"", "email.invalid")]
    [InlineData("phone", "\"+7 700 123 45 67\"", "phone.invalid")]
    [InlineData("statementForm", null, "required")]
    public async Task A_wrong_field_is_told_by_its_code(string field, string? json, string code)
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var form = Json(town.FormOf(teacher, current: "teacher-expert"));
        form[field] = json is null ? null : JsonNode.Parse(json);
        (await teacher.PostAsync("/api/applications", form)).Invalid(field, code);
        Assert.Empty((await teacher.GetAsync<Page<Application>>("/api/applications")).Items);
    }

    [Fact]
    public async Task A_position_of_800_letters_is_too_long_in_a_new_form_and_in_an_edit()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var form = town.FormOf(teacher);
        var tooLong = form with { PositionRu = new('Ұ', 800) };
        (await teacher.PostAsync("/api/applications", tooLong)).Invalid("positionRu", "field.too-long");
        Assert.Empty((await teacher.GetAsync<Page<Application>>("/api/applications")).Items);

        var application = await teacher.CreateAsync(form with { PositionRu = new('Ұ', 200) });
        (await teacher.PutAsync($"/api/applications/{application.Id}", tooLong, application.Version)).Invalid(
            "positionRu",
            "field.too-long"
        );
        Assert.Equivalent(application, await teacher.LookAsync(application.Id));
    }

    [Fact]
    public async Task Several_wrong_fields_are_told_together()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var form = Json(town.FormOf(teacher));
        form["phone"] = "123";
        form["currentCategoryValidUntil"] = "2026-13-01";
        form["positionRu"] = 7;
        var errors = (await teacher.PostAsync("/api/applications", form)).Refused(400, "validation").Errors;
        Assert.Equal(["currentCategoryValidUntil", "phone", "positionRu"], errors.Keys.Order());
    }

    [Fact]
    public async Task There_is_one_application_a_teacher_and_year_however_fast_they_click()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var form = town.FormOf(teacher);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => teacher.PostAsync("/api/applications", form))
        );
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(
            answers.Where(answer => answer.Status != 201),
            answer => answer.Refused(409, "application.already-exists")
        );
        Assert.Single((await teacher.GetAsync<Page<Application>>("/api/applications")).Items);
    }

    [Fact]
    public async Task A_version_is_asked_for_read_strictly_and_kept()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var first = await teacher.CreateAsync(town.FormOf(teacher));
        var path = $"/api/applications/{first.Id}";
        var form = first.ToForm() with { About = "Другая вкладка" };
        (await teacher.PutAsync(path, form)).Refused(428, "version.required");
        foreach (var wrong in new[] { "*", $"W/\"{first.Version}\"", $"{first.Version}", "\"first\"" })
            (await teacher.PutAsync(path, form, wrong)).Refused(400, "version.invalid");

        var answer = (await teacher.PutAsync(path, form, first.Version)).Expect(200);
        var second = answer.As<Application>();
        Assert.True(second.Version > first.Version);
        Assert.Equal($"\"{second.Version}\"", answer.Headers.ETag!.Tag);
        (await teacher.PutAsync(path, first.ToForm(), first.Version)).Refused(409, "stale");
        Assert.Equal("Другая вкладка", (await teacher.LookAsync(first.Id)).About);
    }

    [Fact]
    public async Task An_entry_has_a_version_too()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var block = Filler.Needed(await teacher.PortfolioAsync(application.Id), town.Catalogue)[0];
        var entry = await teacher.AddEntryAsync(
            application.Id,
            block.Key,
            Filler.Fields(block),
            Filler.FilesFor(block)
        );
        var path = $"/api/portfolios/{application.Id}/blocks/{block.Key}/entries/{entry.Id}";
        (await teacher.UploadAsync(HttpMethod.Put, path, Filler.Fields(block), Filler.FilesFor(block))).Refused(
            428,
            "version.required"
        );
        (
            await teacher.TryPutEntryAsync(
                application.Id,
                block.Key,
                entry,
                Filler.Fields(block),
                Filler.FilesFor(block)
            )
        ).Expect(200);
        (
            await teacher.TryPutEntryAsync(
                application.Id,
                block.Key,
                entry,
                Filler.Fields(block),
                Filler.FilesFor(block)
            )
        ).Refused(409, "stale");
    }

    private static JsonObject Json(Form form) =>
        JsonSerializer.SerializeToNode(form, JsonSerializerOptions.Web)!.AsObject();
}
