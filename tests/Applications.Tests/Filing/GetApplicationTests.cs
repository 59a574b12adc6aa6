using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Tests.Filing;

public sealed class GetApplicationTests(ApplicationsService service)
{
    private readonly Given given = new();

    [Fact]
    public async Task Its_teacher_gets_it_in_the_shape_of_the_contract()
    {
        var application = await service.SaveAsync(given.Decided());
        using var response = await service.As(given.Teacher).GetAsync(application.Url());
        Assert.Equal($"\"{application.Version}\"", response.Headers.ETag!.ToString());
        var shown = await Task.FromResult(response).JsonAsync();

        Assert.Equal(
            [
                "id",
                "number",
                "status",
                "version",
                "attestationYear",
                "filingDate",
                "statementForm",
                "positionRu",
                "positionKk",
                "attestationKind",
                "currentCategory",
                "currentCategoryValidUntil",
                "claimedCategory",
                "email",
                "phone",
                "subjects",
                "notSubjectTeacher",
                "about",
                "rulesAcknowledged",
                "teacher",
                "organisation",
                "decidingLevel",
                "submittedAt",
                "statusSince",
                "returnedBlocks",
                "allowedActions",
                "refusal",
                "decision",
                "history",
                "stage",
            ],
            shown.EnumerateObject().Select(property => property.Name)
        );
        Assert.Equal("meets", shown.Text("status"));
        Assert.Equal("district", shown.Text("decidingLevel"));
        Assert.Equal("2026-11-20T09:00:00Z", shown.Text("statusSince"));
        Assert.Equal("2026-11-20", shown.Text("filingDate"));
        Assert.Equal(given.Teacher.Name, shown.GetProperty("teacher").Text("name"));
        Assert.Equal("Школа № 1", shown.GetProperty("organisation").Text("nameRu"));
        Assert.Equal(
            ["outcome", "awardedCategory", "keepsCurrent", "protocolNumber", "protocolDate", "validUntil", "reason"],
            shown.GetProperty("decision").EnumerateObject().Select(property => property.Name)
        );
        var moves = shown.GetProperty("history").EnumerateArray().ToArray();
        Assert.Equal(
            ["submit", "forward", "accept", "send-to-commission", "decide"],
            moves.Select(move => move.Text("action"))
        );
        Assert.Equal(
            ["at", "action", "from", "to", "by", "comment"],
            moves[4].EnumerateObject().Select(property => property.Name)
        );
        Assert.Equal("commission-chair", moves[4].GetProperty("by").Text("role"));
        Assert.Equal("Причина", moves[4].Text("comment"));
    }

    [Fact]
    public async Task Whoever_may_not_see_it_is_told_that_there_is_none()
    {
        var application = await service.SaveAsync(given.UnderReview());
        foreach (
            var stranger in (Person[])
                [
                    new Given().Teacher,
                    new Given().Secretary,
                    given.Executor,
                    given.Chair,
                    Person.In(Roles.Administrator, given.Republic),
                    Person.In(Roles.Head, given.School),
                ]
        )
            Assert.Equal("404 not-found", await service.As(stranger).GetAsync(application.Url()).RefusalAsync());
        Assert.Equal(
            "404 not-found",
            await service.As(given.Teacher).GetAsync($"/api/applications/{Guid.NewGuid()}").RefusalAsync()
        );
        Assert.Equal(
            "404 not-found",
            await service.As(given.Teacher).GetAsync("/api/applications/no-id").RefusalAsync()
        );
        Assert.Equal("401 not-signed-in", await service.CreateClient().GetAsync(application.Url()).RefusalAsync());
    }

    [Fact]
    public async Task A_refusal_shows_the_reasons_of_the_receipt()
    {
        var application = await service.SaveAsync(given.Refused());
        var shown = await service.As(given.Teacher).GetAsync(application.Url()).JsonAsync();
        var reason = Assert.Single(shown.GetProperty("refusal").GetProperty("reasons").EnumerateArray());
        Assert.Equal(("unreliable-data", "Диплом нечитаем"), (reason.Text("code"), reason.Text("text")));
        Assert.Equal(["edit", "delete", "submit"], shown.GetProperty("allowedActions").Texts());
    }

    [Fact]
    public async Task Reading_anothers_application_is_noted_and_ones_own_is_not()
    {
        var application = await service.SaveAsync(given.UnderReview());
        await service.As(given.Teacher).GetAsync(application.Url()).JsonAsync();
        await service.As(given.Secretary).GetAsync(application.Url()).JsonAsync();

        await using var db = service.Open();
        var reading = Assert.Single(await db.Readings.Where(one => one.ApplicationId == application.Id).ToListAsync());
        Assert.Equal(
            (given.Secretary.Id, "secretary", "application"),
            (reading.ReaderId, reading.Role, reading.Subject)
        );
    }

    [Fact]
    public async Task How_much_is_left_to_be_mended_is_the_portfolios_to_say_and_not_guessed_without_it()
    {
        var application = await service.SaveAsync(given.Returned());
        Assert.Equal(
            "503 service.unavailable",
            await service.As(given.Teacher).GetAsync(application.Url()).RefusalAsync()
        );
    }

    [Theory]
    [InlineData("kk", "Табылмады")]
    [InlineData("ru", "Не найдено")]
    [InlineData("en", "Not found")]
    public async Task A_refusal_speaks_the_readers_language(string language, string title)
    {
        var client = service.As(given.Teacher);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        Assert.Equal(
            title,
            (await client.GetAsync($"/api/applications/{Guid.NewGuid()}").JsonAsync(404)).Text("title")
        );
    }
}
