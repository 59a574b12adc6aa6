using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Applications.Tests.Filing;

/// <summary>What is refused before Identity is asked; System.Tests files applications.</summary>
public sealed class CreateApplicationTests(ApplicationsService service)
{
    private readonly Given given = new();

    private static StringContent Body(string json, string type = "application/json") => new(json, Encoding.UTF8, type);

    [Fact]
    public async Task Only_a_teacher_files()
    {
        Assert.Equal(
            "403 role.not-allowed",
            await service.As(given.Secretary).PostJsonAsync("/api/applications", Given.Form()).RefusalAsync()
        );
        Assert.Equal(
            "401 not-signed-in",
            await service.CreateClient().PostJsonAsync("/api/applications", Given.Form()).RefusalAsync()
        );
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_whole()
    {
        var teacher = service.As(given.Teacher);
        Assert.Equal(
            "400 request.malformed",
            await teacher.PostAsync("/api/applications", Body("{\"positionRu\": \"учи")).RefusalAsync()
        );
        Assert.Equal("400 request.malformed", await teacher.PostAsync("/api/applications", Body("[]")).RefusalAsync());
        Assert.Equal(
            "415 request.media-type",
            await teacher.PostAsync("/api/applications", Body("{}", "text/plain")).RefusalAsync()
        );
    }

    [Fact]
    public async Task Wrong_types_and_broken_rules_are_told_together()
    {
        var errors = await service
            .As(given.Teacher)
            .PostAsync(
                "/api/applications",
                Body(
                    """
                    { "attestationYear": "2027", "filingDate": "2026-02-30", "positionRu": "  ", "positionKk": "м", "statementForm": 7,
                      "subjects": "mathematics", "phone": "123", "unheardOf": 1 }
                    """
                )
            )
            .ErrorsAsync();
        Assert.Equal(
            new Dictionary<string, string[]>
            {
                ["attestationYear"] = ["value.wrong-type"],
                ["statementForm"] = ["value.wrong-type"],
                ["positionRu"] = ["required"],
                ["positionKk"] = ["field.too-short"],
                ["attestationKind"] = ["required"],
                ["claimedCategory"] = ["required"],
                ["email"] = ["required"],
                ["phone"] = ["phone.invalid"],
                ["subjects"] = ["value.wrong-type"],
                ["rulesAcknowledged"] = ["rules.not-acknowledged"],
            }.OrderBy(pair => pair.Key),
            errors.OrderBy(pair => pair.Key)
        );
    }

    [Fact]
    public async Task Where_Identity_cannot_be_reached_nothing_is_half_written()
    {
        using var response = await service.As(given.Teacher).PostJsonAsync("/api/applications", Given.Form());
        Assert.Equal("503 service.unavailable", await Task.FromResult(response).RefusalAsync());
        Assert.NotNull(response.Headers.RetryAfter);
        await using var db = service.Open();
        Assert.False(await db.Applications.AnyAsync(application => application.TeacherId == given.Teacher.Id));
    }

    [Fact]
    public async Task Numbers_are_readable_and_never_given_twice()
    {
        await using var db = service.Open();
        var one = await db.NextNumberAsync(2027, default);
        var other = await db.NextNumberAsync(2027, default);
        Assert.Matches("^2027-[0-9]{6}$", one);
        Assert.NotEqual(one, other);
    }
}
