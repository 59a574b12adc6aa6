using Microsoft.EntityFrameworkCore;

namespace PedAtt.Documents.Tests.Statements;

public sealed class MakeStatementTests(DocumentsService service)
{
    private static string Path(Filed filed) => $"/api/documents/applications/{filed.Id}/statement";

    [Fact]
    public async Task It_is_made_once_for_each_edit_and_the_former_one_is_superseded()
    {
        var filed = service.Neighbours.File();
        var first = await service.StatementAsync(filed);
        using var teacher = service.As(filed.Teacher);
        using var again = await teacher.PostAsync(Path(filed), null);
        Assert.Equal(first.Id(), (await again.ReadAsync(200)).Id());
        Assert.Equal(("statement", "current", $"{filed.Facts.Number}-S1"), Of(first));

        filed.Edit();
        Assert.Equal(("statement", "current", $"{filed.Facts.Number}-S2"), Of(await service.StatementAsync(filed)));
        using var list = await teacher.GetAsync($"/api/documents/applications/{filed.Id}");
        Assert.Equal(
            ["superseded", "current"],
            (await list.ReadAsync(200))
                .GetProperty("items")
                .EnumerateArray()
                .Select(one => one.GetProperty("state").GetString())
        );

        static (string?, string?, string?) Of(System.Text.Json.JsonElement document) =>
            (
                document.GetProperty("kind").GetString(),
                document.GetProperty("state").GetString(),
                document.GetProperty("number").GetString()
            );
    }

    [Fact]
    public async Task Applications_is_asked_once()
    {
        var filed = service.Neighbours.File();
        await service.StatementAsync(filed);
        Assert.Equal(1, service.Neighbours.QuestionsAbout(filed.Id));
    }

    [Fact]
    public async Task A_move_that_began_meanwhile_is_asked_about_again()
    {
        var filed = service.Neighbours.File();
        await using (var db = service.Open())
        {
            var version = filed.Facts.Version + 1;
            await db.Database.ExecuteSqlAsync(
                $"insert into fences (id, version, seal_id) values ({filed.Id}, {version}, {Guid.CreateVersion7()})"
            );
        }
        // It had died: its version was never reached.
        await service.StatementAsync(filed);
        Assert.Equal(2, service.Neighbours.QuestionsAbout(filed.Id));
    }

    [Fact]
    public async Task Nobody_but_its_teacher_makes_it_and_only_while_the_application_may_be_edited()
    {
        var filed = service.Neighbours.File();
        using var secretary = service.As(filed.Secretary);
        using (var answer = await secretary.PostAsync(Path(filed), null))
            await answer.RefusedAsync(403, "role.not-allowed");
        using var stranger = service.As(Guid.CreateVersion7());
        using (var answer = await stranger.PostAsync(Path(filed), null))
            await answer.RefusedAsync(404, "not-found");
        filed.Forward();
        using var teacher = service.As(filed.Teacher);
        using (var answer = await teacher.PostAsync(Path(filed), null))
            await answer.RefusedAsync(409, "transition.not-allowed");
    }

    [Fact]
    public async Task What_cannot_be_printed_is_named_before_anybody_signs()
    {
        var filed = service.Neighbours.File(about: "Үлгерім 漢 85 % 😀, иә");
        using var teacher = service.As(filed.Teacher);
        using var answer = await teacher.PostAsync(Path(filed), null);
        var field = Assert.Single(
            (await answer.RefusedAsync(409, "document.letters")).GetProperty("fields").EnumerateArray()
        );
        Assert.Equal("about", field.GetProperty("field").GetString());
        Assert.Equal(["漢", "😀"], field.GetProperty("letters").EnumerateArray().Select(letter => letter.GetString()));
        await using var db = service.Open();
        Assert.False(await db.Documents.AnyAsync(document => document.ApplicationId == filed.Id));
    }
}
