namespace PedAtt.Browser.Tests;

/// <summary>
/// Whatever page a link leads to, for anybody: it is accessible (WCAG 2.2 AA), light, fits the window and shows nothing
/// that is not for people.
/// </summary>
public abstract class EveryPageTests(Site site, ITestOutputHelper output, string language, bool narrow)
{
    [Fact]
    public async Task Every_page_is_accessible_light_and_fits()
    {
        var town = await Town.FoundAsync(site);
        var blocks = town.Catalogue.Blocks.Select(block => block.Key).ToHashSet();
        var (drafting, draft) = await HalfDoneAsync(town);
        var (mending, returned) = await ReturnedAsync(town);
        var (waiting, _) = await town.UnderReviewAsync();
        await town.ForwardedAsync();
        var (_, atCommission) = await town.AtCommissionAsync();
        var statement = (
            await waiting.DocumentsAsync((await waiting.GetAsync<Page<Found>>("/api/applications")).Items[0].Id)
        )[0];

        var wrong = new List<string>();
        await Walk(
            null,
            "/",
            "/sign-in",
            "/register",
            "/password/forgot",
            "/needed",
            "/help",
            "/privacy",
            "/nowhere",
            new Uri(statement.VerifyUrl).AbsolutePath
        );
        await Walk(drafting, "/", $"/applications/{draft.Id}");
        await Walk(mending, $"/applications/{returned.Id}");
        await Walk(waiting, "/applications");
        await Walk(town.Secretary, "/review");
        await Walk(town.Executor, "/service");
        await Walk(town.Chair, "/commission");
        await Walk(town.Administrator, "/administration");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        async Task Walk(PedAttClient? person, params string[] starts)
        {
            await using var visitor = await site.VisitAsync(language, narrow);
            if (person is not null)
                await new SignInPage(visitor).SignInAsync(
                    person.Login,
                    person is Person ? Person.Password : SharedSystem.DemoPassword
                );
            var walk = new Walk(visitor, blocks);
            await walk.FromAsync(starts);
            wrong.AddRange(walk.Wrong);
            foreach (var page in walk.Pages)
                output.WriteLine(page);
        }
    }

    private sealed record Found(Guid Id);

    /// <summary>An entry in one block, and the ID card.</summary>
    private static async Task<(Person Teacher, Application Application)> HalfDoneAsync(Town town)
    {
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        await teacher.PutIdentityCardAsync(application.Id);
        var block = Filler.Needed(await teacher.PortfolioAsync(application.Id), town.Catalogue)[0];
        await teacher.AddEntryAsync(application.Id, block.Key, Filler.Fields(block), Filler.FilesFor(block));
        return (teacher, application);
    }

    private static async Task<(Person Teacher, Application Application)> ReturnedAsync(Town town)
    {
        var (teacher, application) = await town.UnderReviewAsync();
        var filled = (await town.Secretary.PortfolioAsync(application.Id))
            .Blocks.Where(block => block.Status == "filled")
            .Select(block => block.Key)
            .ToList();
        foreach (var block in filled.Take(2))
            await town.Secretary.ReviewAsync(application.Id, block, "returned", "Нет печати.");
        foreach (var block in filled.Skip(2).Append("identity-card"))
            await town.Secretary.ReviewAsync(application.Id, block, "accepted");
        return (teacher, await town.Secretary.MoveAsync(application.Id, "return"));
    }
}

/// <summary>At a desk, in Kazakh.</summary>
public class EveryPageInKazakhTests(Site site, ITestOutputHelper output)
    : EveryPageTests(site, output, "kk", narrow: false);

/// <summary>On a small phone, in Russian.</summary>
public class EveryPageInRussianTests(Site site, ITestOutputHelper output)
    : EveryPageTests(site, output, "ru", narrow: true);
