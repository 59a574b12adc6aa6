using System.Text.Json;

namespace PedAtt.Applications.Tests.Categories;

public sealed class ImportCategoriesTests(ApplicationsOfPeople service) : IClassFixture<ApplicationsOfPeople>
{
    private const string Path = "/api/categories/import";
    private const string Heading = "iin,category,from,until,orderNumber,orderDate";

    private readonly Given given = new();

    private Person Administrator => service.Knows(Person.In(Roles.Administrator, given.Republic), given);

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_a_dry_run_never_does()
    {
        using var client = service.As(Administrator);
        var teacher = service.Knows(given.Teacher, given);
        var line = $"{service.IinOf(teacher)},teacher-expert,2024-03-15,2029-03-15,114-НҚ,2024-03-18";

        Assert.Equal("added", Outcome(await client.ImportAsync($"{Path}?dryRun=true", Heading, line).JsonAsync()));
        Assert.Empty(await MineAsync(teacher));
        Assert.Equal("added", Outcome(await client.ImportAsync(Path, Heading, line).JsonAsync()));
        var once = (await MineAsync(teacher)).Single().ToString();
        Assert.Equal("unchanged", Outcome(await client.ImportAsync(Path, Heading, line).JsonAsync()));

        Assert.Equal(once, (await MineAsync(teacher)).Single().ToString());
    }

    [Fact]
    public async Task An_award_told_otherwise_takes_the_place_of_what_was_told_before()
    {
        using var client = service.As(Administrator);
        var teacher = service.Knows(given.Teacher, given);
        var iin = service.IinOf(teacher);
        await client
            .ImportAsync(Path, Heading, $"{iin},teacher-expert,2024-03-15,2029-03-15,114,2024-03-18")
            .JsonAsync();

        var answer = await client
            .ImportAsync(Path, Heading, $"{iin},teacher-expert,2024-03-15,2028-03-15,114,2024-03-18")
            .JsonAsync();

        Assert.Equal("superseded", Outcome(answer));
        Assert.Equal("2028-03-15", (await MineAsync(teacher)).Single().Text("until"));
    }

    [Fact]
    public async Task Each_row_is_answered_and_the_good_ones_are_kept()
    {
        using var client = service.As(Administrator);
        var teacher = service.Knows(given.Teacher, given);
        var iin = service.IinOf(teacher);

        var answer = await client
            .ImportAsync(
                Path,
                Heading,
                "850615100018,teacher-expert,2024-03-15,2029-03-15,1,2024-03-18",
                $"{iin},expert,2024-03-15,2029-03-15,1,2024-03-18",
                $"{iin},teacher-expert,2024-02-30,,,2024-03-18",
                $"{iin},teacher-expert,2024-03-15,2024-03-14,1,2024-03-18",
                $"{iin},teacher-expert,2026-11-21,2031-11-21,1,2026-11-21",
                $"{iin},teacher-moderator",
                $"{iin},teacher,2019-09-01,,77-НҚ,2019-09-01"
            )
            .JsonAsync();

        Assert.Equal(
            [
                "2 iin.invalid",
                "3 unknown-key",
                "4 date.invalid required",
                "5 until.before-from",
                "6 date.in-future",
                "7 csv.cells",
                "8 added",
            ],
            answer
                .GetProperty("rows")
                .EnumerateArray()
                .Select(row =>
                    $"{row.GetProperty("line")} "
                    + (
                        row.Text("outcome") == "refused"
                            ? string.Join(' ', row.GetProperty("codes").Texts())
                            : row.Text("outcome")
                    )
                )
        );
        Assert.Equal("teacher", (await MineAsync(teacher)).Single().Text("category"));
    }

    [Fact]
    public async Task Administrators_above_a_school_import_and_nobody_else()
    {
        foreach (
            var (person, refusal) in new[]
            {
                (given.Teacher, "403 role.not-allowed"),
                (Person.In(Roles.Head, given.School), "403 role.not-allowed"),
                (Person.In(Roles.Administrator, given.School), "403 role.not-allowed"),
                (Person.In(Roles.Administrator, given.District), "400 csv.columns"),
            }
        )
        {
            using var client = service.As(person);
            Assert.Equal(refusal, await client.ImportAsync(Path, "iin,category").RefusalAsync());
        }
    }

    private static string? Outcome(JsonElement answer) =>
        answer.GetProperty("rows").EnumerateArray().Single().Text("outcome");

    private async Task<JsonElement[]> MineAsync(Person person)
    {
        using var client = service.As(person);
        return [.. (await client.GetAsync("/api/categories/mine").JsonAsync()).GetProperty("items").EnumerateArray()];
    }
}
