using System.Text.Json;
using System.Text.Json.Nodes;
using PedAtt.Applications.Life;
using PedAtt.Contracts;
using PedAtt.Testing;

namespace PedAtt.Applications.Tests.Events;

/// <summary>
/// The events' names and shapes, pinned by committed samples: a message that waits in a queue while services are
/// replaced has to be read by the new ones. Samples are never changed; a new optional field gets into a new sample.
/// </summary>
public sealed class EventShapeTests
{
    private static readonly Guid Application = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Teacher = Guid.Parse("01990000-0000-7000-8000-000000000002");
    private static readonly Guid Body = Guid.Parse("01990000-0000-7000-8000-000000000012");
    private static readonly DateTimeOffset At = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);
    private static readonly Guid[] Path =
    [
        .. Enumerable.Range(11, 4).Select(n => Guid.Parse($"01990000-0000-7000-8000-0000000000{n}")),
    ];

    private static readonly object[] Samples =
    [
        new ApplicationSubmitted(Application, 2, "2027-000001", Teacher, Path, At, 1),
        new ApplicationReturned(Application, 3, "2027-000001", Teacher, Path, At, ["diploma", "application"]),
        new ApplicationForwarded(Application, 4, "2027-000001", Teacher, Path, At, Body),
        new ApplicationAccepted(Application, 5, "2027-000001", Teacher, Path, At, Body),
        new ApplicationRefused(
            Application,
            5,
            "2027-000001",
            Teacher,
            Path,
            At,
            Body,
            [new("unreliable-data", "Диплом нечитаем")]
        ),
        new ApplicationSentToCommission(Application, 6, "2027-000001", Teacher, Path, At, Body),
        new ApplicationDecided(
            Application,
            7,
            "2027-000001",
            Teacher,
            Path,
            At,
            Body,
            "one-level-lower",
            new("teacher-moderator", "педагог-модератор", "педагог-модератор", "teacher-moderator"),
            false,
            "7",
            new DateOnly(2027, 3, 15),
            new DateOnly(2032, 3, 15),
            "Балл ОЗП"
        ),
        new ApplicationWithdrawn(Application, 6, "2027-000001", Teacher, Path, At, "refused-by-state-service"),
        new ApplicationDeleted(Application, 2, "2027-000001", Teacher, Path, At),
    ];

    public static TheoryData<string> Names() => new(Samples.Select(sample => sample.GetType().Name));

    [Theory, MemberData(nameof(Names))]
    public void An_event_is_written_and_read_as_its_committed_sample(string name)
    {
        var sample = Samples.Single(one => one.GetType().Name == name);
        var file = System.IO.Path.Combine(TestServers.Root, "tests", "Applications.Tests", "Events", name + ".json");
        var written = JsonSerializer.Serialize(sample, sample.GetType(), Json.Options);
        if (Environment.GetEnvironmentVariable("PEDATT_WRITE_SAMPLES") is not null && !File.Exists(file))
            File.WriteAllText(
                file,
                JsonNode.Parse(written)!.ToJsonString(new(Json.Options) { WriteIndented = true }) + "\n"
            );

        var committed = File.ReadAllText(file);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(committed), JsonNode.Parse(written)), written);
        var read = JsonSerializer.Deserialize(committed, sample.GetType(), Json.Options);
        Assert.Equal(written, JsonSerializer.Serialize(read, sample.GetType(), Json.Options));
        Assert.Equal($"PedAtt.Contracts.{name}", sample.GetType().FullName);
    }

    [Fact]
    public void Every_event_of_ours_has_a_sample() =>
        Assert.Equal(
            typeof(ApplicationSubmitted)
                .Assembly.GetExportedTypes()
                .Where(type =>
                    type.Namespace == "PedAtt.Contracts"
                    && type.GetProperty("ApplicationId") is not null
                    && type.Name.StartsWith("Application", StringComparison.Ordinal)
                )
                .Select(type => type.Name)
                .Order(),
            Samples.Select(sample => sample.GetType().Name).Order()
        );
}
