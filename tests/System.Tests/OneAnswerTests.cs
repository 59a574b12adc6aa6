namespace PedAtt.SystemTests;

/// <summary>
/// "When an application is under review, its portfolio is complete and locked and its statement is signed over the
/// application as submitted, whatever a second tab did in between." Attacked here; with crashes in between in
/// <see cref="CrashTests"/>.
/// </summary>
public class OneAnswerTests(SharedSystem system)
{
    // PEDATT_ATTACK_ROUNDS for the long form.
    private static readonly int rounds = int.Parse(Environment.GetEnvironmentVariable("PEDATT_ATTACK_ROUNDS") ?? "15");

    [Fact]
    public async Task Second_tabs_never_make_two_answers_of_one()
    {
        var town = await system.TownAsync();
        var attacks = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => SecondTabs.OpenAsync(town)));
        await Task.WhenAll(
            attacks.Select(async attack =>
            {
                for (var round = 0; round < rounds; round++)
                    await attack.RoundAsync();
            })
        );
        // An attack that is always beaten off, or never, attacks nothing.
        Assert.NotEqual(0, attacks.Sum(attack => attack.Submitted));
        Assert.NotEqual(0, attacks.Sum(attack => attack.Refused));
    }

    [Fact]
    public async Task What_is_sent_in_many_tabs_at_once_is_sent_once()
    {
        var town = await system.TownAsync();
        var (teacher, application) = await town.ReadyToSubmitAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => teacher.TryAsync(application.Id, "submit"))
        );
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(
            answers.Where(answer => answer.Status != 200),
            answer => answer.Refused(409, "transition.not-allowed")
        );
        Assert.Single((await teacher.LookAsync(application.Id)).History);
    }
}
