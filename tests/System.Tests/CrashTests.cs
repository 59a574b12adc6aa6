namespace PedAtt.SystemTests;

/// <summary>
/// Lives side by side while each service, PostgreSQL, RabbitMQ and the object storage are killed in turn and come back:
/// every life ends right, nobody is told twice or not at all, no letter is missing.
/// </summary>
public abstract class CrashTests(SharedSystem system, ITestOutputHelper output)
{
    // The short form is for each run of the tests; PEDATT_CRASH_LIVES=50 is the long one.
    private static readonly int sideBySide = int.Parse(Environment.GetEnvironmentVariable("PEDATT_CRASH_LIVES") ?? "6");

    [Fact]
    public async Task Every_life_ends_right_whatever_is_killed_in_the_middle_of_it()
    {
        var town = await Town.FoundAsync(system, patient: true);
        var chaos = new Chaos(system);
        using var enough = new CancellationTokenSource();
        var raging = chaos.RageAsync(enough.Token);

        // A life that ends early is followed by another, until everything has died at least once in the middle of
        // lives.
        var lives = (
            await Task.WhenAll(
                Enumerable
                    .Range(0, sideBySide)
                    .Select(async _ =>
                    {
                        var lived = new List<Life>();
                        do lived.Add(await Life.LiveAsync(town));
                        while (!chaos.IsDone && !raging.IsFaulted);
                        return lived;
                    })
            )
        ).SelectMany(lived => lived).ToList();
        await enough.CancelAsync();
        await raging;
        output.WriteLine($"{lives.Count} lives; killed: {string.Join(", ", chaos.Killed)}");

        foreach (var life in lives)
            await life.JudgeAsync(system.Mail);
        await Life.JudgeStaffMailAsync(town, lives.Count, system.Mail);
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_sending_leaves_one_answer_and_nothing_stuck()
    {
        var town = await Town.FoundAsync(system, patient: true);
        var chaos = new Chaos(system);
        var attack = await SecondTabs.OpenAsync(town);
        foreach (
            var victim in new[] { "applications", "portfolio", "documents", "applications", "portfolio", "postgres" }
        )
        {
            await attack.RoundAsync(async () =>
            {
                await Task.Delay(Random.Shared.Next(60));
                await chaos.KillAndRestartAsync(victim);
            });
        }
        output.WriteLine($"submitted {attack.Submitted}, refused or cut {attack.Refused}");
    }
}

[Collection(Alone.Name)]
[KillsParts]
public class CrashesOfOneReplicaTests(SharedSystem system, ITestOutputHelper output) : CrashTests(system, output);

[Collection(Alone.Name)]
public class CrashesOfTwoReplicasTests(ReplicatedSystem system, ITestOutputHelper output)
    : CrashTests(system, output),
        IClassFixture<ReplicatedSystem>;
