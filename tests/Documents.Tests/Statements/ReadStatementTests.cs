namespace PedAtt.Documents.Tests.Statements;

public sealed class ReadStatementTests(DocumentsService service)
{
    [Fact]
    public async Task The_words_are_those_of_the_form_that_was_chosen()
    {
        var filed = service.Neighbours.File();
        using var teacher = service.As(filed.Teacher);
        using var answer = await teacher.GetAsync($"/api/documents/applications/{filed.Id}/statement");
        var words = await answer.ReadAsync(200);
        Assert.Contains(
            "біліктілік санатын беру жөніндегі",
            words.GetProperty("kk").GetProperty("request").GetString()
        );
        Assert.Contains("на присвоение квалификационной", words.GetProperty("ru").GetProperty("request").GetString());
        Assert.Equal(
            "С порядком присвоения квалификационной категории ознакомлен(-а).",
            words.GetProperty("ru").GetProperty("declaration").GetString()
        );
        Assert.Empty(words.GetProperty("unprintable").EnumerateArray());
    }

    [Fact]
    public async Task Letters_that_cannot_be_printed_are_named_while_they_can_still_be_corrected()
    {
        var filed = service.Neighbours.File(about: "✪");
        using var teacher = service.As(filed.Teacher);
        using var answer = await teacher.GetAsync($"/api/documents/applications/{filed.Id}/statement");
        var field = Assert.Single((await answer.ReadAsync(200)).GetProperty("unprintable").EnumerateArray());
        Assert.Equal(
            ("about", "✪"),
            (field.GetProperty("field").GetString(), field.GetProperty("letters")[0].GetString())
        );
    }

    [Fact]
    public async Task Nobody_else_reads_them()
    {
        var filed = service.Neighbours.File();
        using var secretary = service.As(filed.Secretary);
        using var answer = await secretary.GetAsync($"/api/documents/applications/{filed.Id}/statement");
        await answer.RefusedAsync(403, "role.not-allowed");
    }
}
