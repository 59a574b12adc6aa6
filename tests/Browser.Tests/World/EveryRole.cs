namespace PedAtt.Browser.Tests.World;

/// <summary>A reader of every role and a stranger, each with something to do, and in Kazakh as well as in
/// Russian.</summary>
public sealed class EveryRole(Site site) : IAsyncLifetime
{
    private readonly List<Reader> readers = [];

    public async ValueTask InitializeAsync()
    {
        using var place = Place.Shared();
        var town = await Town.FoundAsync(site);
        var drafting = await town.NewTeacherAsync();
        var draft = await drafting.CreateAsync(town.FormOf(drafting));
        var block = Filler
            .Needed(await drafting.PortfolioAsync(draft.Id), town.Catalogue)
            .First(one => one.Fields.Any(field => field.Type == "text"));
        var entry = await drafting.AddEntryAsync(draft.Id, block.Key, Filler.Fields(block), Filler.FilesFor(block));
        var (waiting, underReview) = await town.UnderReviewAsync();
        var statement = (await waiting.DocumentsAsync(underReview.Id))[0];
        var (_, atService) = await town.ForwardedAsync();
        var (_, atCommission) = await town.AtCommissionAsync();
        var schools = $"/administration/organisations/{town.District.Id}";

        string[] everyones = ["/profile", "/profile/contacts", "/profile/letters", "/notifications", "/needed"];
        Add(
            await site.VisitAsync("kk"),
            [
                "/",
                "/sign-in",
                "/sign-in/eds",
                "/register",
                "/password/forgot",
                "/password/reset",
                "/help",
                "/needed",
                new Uri(statement.VerifyUrl).AbsolutePath,
            ],
            [new("/register", "familyName"), new("/sign-in", "login"), new("/password/forgot", "email")]
        );
        Add(
            await site.VisitAsync(drafting, "ru"),
            [
                .. everyones,
                .. Of(
                    $"/applications/{draft.Id}",
                    "",
                    "/edit",
                    "/portfolio",
                    "/identity-card",
                    "/check",
                    "/sign",
                    "/send",
                    "/delete",
                    $"/portfolio/{block.Key}",
                    $"/portfolio/{block.Key}/new",
                    $"/portfolio/{block.Key}/{entry.Id}",
                    $"/portfolio/{block.Key}/{entry.Id}/delete"
                ),
                "/applications",
                "/applications/new",
            ],
            [
                new($"/applications/{draft.Id}/edit", "positionRu"),
                new("/applications/new", "positionRu"),
                new(
                    $"/applications/{draft.Id}/portfolio/{block.Key}/new",
                    block.Fields.First(field => field.Type == "text").Key
                ),
                new("/profile/contacts", "email"),
            ]
        );
        Add(
            await site.VisitAsync(town.Secretary, "kk"),
            [
                "/review",
                .. Of(
                    $"/review/{underReview.Id}",
                    "",
                    "?block=none",
                    $"?document={statement.Id}",
                    "/return",
                    "/forward"
                ),
                "/notifications",
            ],
            [
                new(
                    $"/review/{underReview.Id}?block={block.Key}",
                    "comment",
                    ("block", block.Key),
                    ("verdict", "returned")
                ),
                new("/review", "person"),
            ]
        );
        Add(
            await site.VisitAsync(town.Executor, "ru"),
            [
                "/service",
                .. Of($"/service/{atService.Id}", "", "/refusal", "/sign", "/answer", "/send"),
                "/service/sign",
            ],
            [new($"/service/{atService.Id}/refusal", $"reason-{town.Reference.RefusalReasons[0].Key}")]
        );
        Add(
            await site.VisitAsync(town.Chair, "kk"),
            ["/commission", .. Of($"/commission/{atCommission.Id}", "", "/decide")],
            [new($"/commission/{atCommission.Id}/decide", "protocolNumber")]
        );
        Add(
            await site.VisitAsync("demo-admin", SharedSystem.DemoPassword, "ru"),
            [
                "/administration",
                "/administration/users",
                .. Of($"/administration/users/{waiting.Id}", "", "/role", "/roles", "/block"),
                schools,
                $"{schools}/new",
                $"{schools}/edit",
                "/administration/letters",
                "/administration/logins/new",
                "/administration/logins/import",
            ],
            [new($"{schools}/new", "nameKk"), new($"/administration/logins/new?organisation={town.School.Id}", "login")]
        );
    }

    /// <summary>All begin to type, then something is away, in which they look around; what is wrong with what they
    /// saw.</summary>
    /// <param name="worksOn">What is away is not needed for any of it.</param>
    public async Task<IEnumerable<string>> LookAroundAsync(Func<Func<Task>, Task> during, bool worksOn = false)
    {
        foreach (var reader in readers)
            await reader.TypeAsync("Жартылай жазылған");
        await during(() => Task.WhenAll(readers.Select(reader => reader.LookAroundAsync(worksOn))));
        return readers.SelectMany(reader => reader.Complaints());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in readers)
            await reader.DisposeAsync();
    }

    private static IEnumerable<string> Of(string root, params string[] rest) => rest.Select(one => root + one);

    private void Add(Visitor visitor, IReadOnlyList<string> pages, IReadOnlyList<HalfTyped> forms) =>
        readers.Add(new(visitor, pages, forms));
}
