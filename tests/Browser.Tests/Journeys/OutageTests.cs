using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Journeys;

/// <summary>A part of the system is dead for a while: the page says so in words, and what was typed stands where it
/// was.</summary>
[Collection(Alone.Name)]
[KillsParts]
public class OutageTests(Site site, EveryRole everyRole) : IClassFixture<EveryRole>
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

        await site.WithoutAsync(
            "applications",
            async () =>
            {
                await visitor.Button("form.save").ClickAsync();
                await Expect(visitor.Errors).ToBeVisibleAsync();
                await Expect(visitor.Field("field.positionKk")).ToHaveValueAsync(form.PositionKk);
                await visitor.SeesNothingRawAsync();

                await using var other = await site.VisitAsync(teacher, "ru");
                await other.OpenAsync("/applications");
                await other.SeesNothingRawAsync();
                await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            }
        );
        await page.CreateAsync();
        Assert.Equal(
            form.PositionKk,
            (await teacher.GetAsync("/api/applications")).Json.Items().Single().GetProperty("positionKk").GetString()
        );
    }

    /// <summary>The page of the comment cannot be made, and then not even the page that kept it.</summary>
    [Fact]
    public async Task A_comment_that_could_not_be_sent_is_sent_again_by_one_press()
    {
        const string comment = "Мөр жоқ. Қайта сканерлеңіз.";
        var town = await site.TownAsync();
        var (_, application) = await town.UnderReviewAsync();
        var block = (await town.Secretary.PortfolioAsync(application.Id))
            .Blocks.First(one => one.Status == "filled")
            .Key;
        await using var secretary = await site.VisitAsync(town.Secretary);
        await secretary.OpenAsync($"/review/{application.Id}?block={block}");
        await secretary.Field("review.comment.label").FillAsync(comment);
        var again = secretary.Page.GetByRole(
            AriaRole.Button,
            new() { NameRegex = new("^(Отправить|.*Отправить ещё раз.*)$") }
        );

        await site.WithoutAsync(
            "portfolio",
            async () =>
            {
                await secretary.Button("review.return").ClickAsync();
                await Expect(again).ToBeVisibleAsync();
                await secretary.SeesNothingRawAsync();
            }
        );
        await site.WithoutAsync(
            "web",
            async () =>
            {
                await again.ClickAsync();
                await secretary.SeesAsync("Қызмет уақытша қолжетімсіз");
                await Expect(again).ToBeVisibleAsync();
            }
        );
        await again.ClickAsync();
        await Expect(secretary.Page.GetByRole(AriaRole.Main))
            .ToContainTextAsync(secretary.Words.Like("review.judged.returned"));
        Assert.Equal(comment, (await town.Secretary.PortfolioAsync(application.Id)).Block(block).Review?.Comment);
    }

    /// <summary>
    /// Whatever is away, every page of every role says in words what is wrong, or does without; and a form that is sent
    /// then is done with, or comes back with what was typed, or keeps it to be sent again.
    /// </summary>
    [Theory]
    [InlineData("identity")]
    [InlineData("applications")]
    [InlineData("portfolio")]
    [InlineData("documents")]
    [InlineData("notifications")]
    [InlineData("object-storage")]
    [InlineData("postgres")]
    [InlineData("web")]
    public async Task Every_page_of_every_role_says_what_is_wrong_and_loses_nothing(string part) =>
        Assert.Equal("", string.Join('\n', await everyRole.LookAroundAsync(act => site.WithoutAsync(part, act))));

    [Fact]
    public async Task The_work_goes_on_without_the_broker_the_mail_and_the_scanner() =>
        Assert.Equal(
            "",
            string.Join(
                '\n',
                await everyRole.LookAroundAsync(
                    act =>
                        site.WithoutAsync(
                            "rabbitmq",
                            () => site.WithoutAsync("mail", () => site.WithoutAsync("clamd", act))
                        ),
                    worksOn: true
                )
            )
        );
}
