namespace PedAtt.SystemTests.BadInput;

/// <summary>Moves that the table does not have, and people who may not make them. Nothing half-written: status and
/// history stay.</summary>
public class BadMoveTests(SharedSystem system)
{
    [Fact]
    public async Task A_move_that_the_table_does_not_have_is_refused()
    {
        var town = await system.TownAsync();
        var (teacher, application) = await town.UnderReviewAsync();
        var id = application.Id;
        (await teacher.TryAsync(id, "submit")).Refused(409, "transition.not-allowed");
        (await teacher.PutAsync($"/api/applications/{id}", application.ToForm(), application.Version)).Refused(
            409,
            "transition.not-allowed"
        );
        (await teacher.DeleteAsync($"/api/applications/{id}")).Refused(409, "transition.not-allowed");
        await Unchanged(teacher, application);

        await town.AcceptEverythingAsync(id);
        application = await town.Secretary.MoveAsync(id, "forward");
        (await town.Secretary.TryAsync(id, "forward")).Refused(409, "transition.not-allowed");
        (await town.Secretary.TryAsync(id, "return")).Refused(409, "transition.not-allowed");
        (await town.Executor.TryAsync(id, "send-to-commission")).Refused(409, "transition.not-allowed");
        (await town.Secretary.TryReviewAsync(id, "identity-card", "returned", "Поздно.")).Refused(
            409,
            "transition.not-allowed"
        );
        await Unchanged(teacher, application);
    }

    [Fact]
    public async Task A_move_of_another_role_is_refused()
    {
        var town = await system.TownAsync();
        var (teacher, application) = await town.ForwardedAsync();
        var id = application.Id;
        foreach (var move in new[] { "return", "forward", "accept", "refuse", "send-to-commission", "decide" })
            (await teacher.TryAsync(id, move)).Refused(403, "role.not-allowed");
        foreach (var move in new[] { "submit", "accept", "refuse", "send-to-commission", "decide" })
            (await town.Secretary.TryAsync(id, move)).Refused(403, "role.not-allowed");
        foreach (var move in new[] { "submit", "return", "forward", "decide" })
            (await town.Executor.TryAsync(id, move)).Refused(403, "role.not-allowed");
        (
            await town.Secretary.PostAsync($"/api/documents/applications/{id}/receipts", new { kind = "acceptance" })
        ).Refused(403, "role.not-allowed");
        (await town.Secretary.PostAsync("/api/applications", town.FormOf(teacher))).Refused(403, "role.not-allowed");
        await Unchanged(teacher, application);
    }

    [Fact]
    public async Task What_somebody_may_not_see_does_not_exist_for_them_whatever_they_send()
    {
        var town = await system.TownAsync();
        var (teacher, application) = await town.UnderReviewAsync();
        var id = application.Id;
        var portfolio = await teacher.PortfolioAsync(id);
        var statement = (await teacher.DocumentsAsync(id)).Single();

        var elsewhere = await Town.FoundAsync(system);
        var administrator = town.Administrator;
        foreach (
            var stranger in new[]
            {
                await town.NewTeacherAsync(),
                elsewhere.Secretary,
                elsewhere.Executor,
                town.Chair,
                administrator,
            }
        )
        {
            foreach (
                var path in new[]
                {
                    $"/api/applications/{id}",
                    $"/api/applications/{id}/submissions",
                    $"/api/portfolios/{id}",
                    $"/api/portfolios/{id}?submission=1",
                    $"/api/portfolios/{id}/files/{portfolio.IdentityCard!.Id}",
                    $"/api/documents/applications/{id}",
                    $"/api/documents/{statement.Id}/content",
                    $"/api/documents/{statement.Id}/signature",
                }
            )
                (await stranger.GetAsync(path)).Refused(404, "not-found");
            foreach (
                var move in new[] { "submit", "return", "forward", "accept", "refuse", "send-to-commission", "decide" }
            )
                (await stranger.PostAsync($"/api/applications/{id}/{move}", new { nonsense = true })).Refused(
                    404,
                    "not-found"
                );
            (await stranger.PutAsync($"/api/applications/{id}", new { })).Refused(404, "not-found");
            (await stranger.DeleteAsync($"/api/applications/{id}")).Refused(404, "not-found");
            (await stranger.PutAsync($"/api/portfolios/{id}/blocks/identity-card/review", new { })).Refused(
                404,
                "not-found"
            );
            (
                await stranger.UploadAsync(HttpMethod.Put, $"/api/portfolios/{id}/identity-card", null, [Files.Pdf()])
            ).Refused(404, "not-found");
            (await stranger.PostAsync($"/api/documents/applications/{id}/statement")).Refused(404, "not-found");
            (await stranger.PostAsync($"/api/documents/{statement.Id}/signature", new { cms = "" })).Refused(
                404,
                "not-found"
            );
        }
        (await teacher.GetAsync("/api/applications/no-uuid")).Refused(404, "not-found");
        (await teacher.GetAsync($"/api/applications/{Guid.CreateVersion7()}")).Refused(404, "not-found");
        await Unchanged(teacher, application);
    }

    [Fact]
    public async Task Nobody_acts_on_their_own_application_in_another_role()
    {
        var town = await Town.FoundAsync(system);
        var (teacher, application) = await town.UnderReviewAsync();
        var id = application.Id;
        (
            await town.Administrator.PutAsync(
                $"/api/identity/users/{teacher.Id}/roles",
                new
                {
                    assignments = new object[]
                    {
                        new { role = "teacher", organisationId = town.School.Id },
                        new { role = "secretary", organisationId = town.School.Id },
                        new { role = "executor", organisationId = town.District.Id },
                    },
                }
            )
        ).Expect(200);
        // A change of roles ends what was signed in before, within five seconds.
        await Eventually.Async(
            async () => Assert.Equal("session.ended", (await teacher.GetAsync($"/api/applications/{id}")).Code),
            seconds: 5
        );
        await teacher.SignInAsync(teacher.Login, Person.Password);

        (await teacher.TryAsync(id, "return")).Refused(403, "own-application");
        (await teacher.TryAsync(id, "forward")).Refused(403, "own-application");
        (await teacher.TryReviewAsync(id, "identity-card", "accepted")).Refused(403, "own-application");
        await town.AcceptEverythingAsync(id);
        application = await town.Secretary.MoveAsync(id, "forward");
        (await teacher.TryAsync(id, "accept")).Refused(403, "own-application");
        (await teacher.PostAsync($"/api/documents/applications/{id}/receipts", new { kind = "acceptance" })).Refused(
            403,
            "own-application"
        );
        await Unchanged(teacher, application);
    }

    [Fact]
    public async Task A_review_of_nothing_or_without_a_reason_is_refused()
    {
        var town = await system.TownAsync();
        var (_, application) = await town.UnderReviewAsync();
        var id = application.Id;
        var portfolio = await town.Secretary.PortfolioAsync(id);
        var empty = portfolio.Blocks.First(block => block.Status == "empty").Key;
        var filled = portfolio.Blocks.First(block => block.Status == "filled").Key;
        (await town.Secretary.TryReviewAsync(id, empty, "accepted")).Refused(409, "block.empty");
        (await town.Secretary.TryReviewAsync(id, filled, "returned", " ")).Invalid("comment", "required");
        (await town.Secretary.TryReviewAsync(id, filled, "perhaps")).Invalid("verdict", "unknown-key");
        (await town.Secretary.TryReviewAsync(id, "no-such-block", "accepted")).Refused(404, "not-found");
        Assert.Equal(portfolio.Version, (await town.Secretary.PortfolioAsync(id)).Version);
    }

    private static async Task Unchanged(Person teacher, Application before)
    {
        var now = await teacher.LookAsync(before.Id);
        Assert.Equal((before.Status, before.Version), (now.Status, now.Version));
        Assert.Equal(before.History, now.History);
    }
}
