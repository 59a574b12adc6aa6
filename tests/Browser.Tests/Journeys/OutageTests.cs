using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Journeys;

/// <summary>A part of the system is dead for a while: the page says so in words, and what was typed stands where it was.</summary>
[Collection(Alone.Name)]
public class OutageTests(Site site)
{
    [Fact]
    public async Task What_was_typed_is_still_there_when_the_service_comes_back()
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var form = town.FormOf(teacher);
        await using var visitor = await site.VisitAsync(teacher, "kk");
        await visitor.OpenAsync("/applications/new");
        var page = new ApplicationFormPage(visitor, town.Reference);
        await page.FillAsync(form);

        await site.WithoutAsync("applications", async () =>
        {
            await visitor.Button("form.save").ClickAsync();
            await Expect(visitor.Errors).ToBeVisibleAsync();
            await Expect(visitor.Field("field.positionKk")).ToHaveValueAsync(form.PositionKk);
            await visitor.SeesNothingRawAsync();

            await using var other = await site.VisitAsync(teacher, "ru");
            await other.OpenAsync("/applications");
            await other.SeesNothingRawAsync();
            await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        });
        await page.CreateAsync();
        Assert.Equal(form.PositionKk, (await teacher.GetAsync("/api/applications")).Json.Items().Single().GetProperty("positionKk").GetString());
    }

    [Theory]
    [InlineData("portfolio")]
    [InlineData("documents")]
    [InlineData("notifications")]
    public async Task Every_page_of_a_teacher_says_what_is_wrong(string part)
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        await using var visitor = await site.VisitAsync(teacher);
        await site.WithoutAsync(part, async () =>
        {
            foreach (var path in new[] { "/applications", "", "/portfolio", "/check", "/sign" })
            {
                await visitor.OpenAsync(path.StartsWith("/applications", StringComparison.Ordinal) ? path : $"/applications/{application.Id}{path}");
                await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
                await visitor.SeesNothingRawAsync();
            }
        });
    }
}
