namespace PedAtt.Applications.Tests.Commission;

public sealed class DecideApplicationTests(ApplicationsService service)
{
    private readonly Given given = new();

    [Theory]
    [InlineData("meets", "teacher-expert", "2032-03-15")]
    [InlineData("one-level-lower", "teacher-moderator", "2032-03-15")]
    [InlineData("does-not-meet", null, "2027-05-31")]
    public async Task The_decision_ends_the_application_in_the_status_of_its_outcome(
        string outcome,
        string? awarded,
        string validUntil
    )
    {
        var application = await service.SaveAsync(given.SentToCommission());
        var shown = await service
            .As(given.Chair)
            .PostJsonAsync(
                application.Url("decide"),
                new
                {
                    outcome,
                    protocolNumber = " 7/2 ",
                    protocolDate = "2027-03-15",
                    reason = "Балл ОЗП",
                }
            )
            .JsonAsync();
        Assert.Equal(outcome, shown.Text("status"));
        var decision = shown.GetProperty("decision");
        Assert.Equal(
            (outcome, awarded, "7/2", validUntil, "Балл ОЗП"),
            (
                decision.Text("outcome"),
                decision.Text("awardedCategory"),
                decision.Text("protocolNumber"),
                decision.Text("validUntil"),
                decision.Text("reason")
            )
        );
        Assert.Equal(awarded is null, decision.GetProperty("keepsCurrent").GetBoolean());
        Assert.Equal("Балл ОЗП", shown.GetProperty("history").EnumerateArray().Last().Text("comment"));
        Assert.Empty(shown.GetProperty("allowedActions").Texts());
    }

    [Fact]
    public async Task A_bad_decision_is_refused_before_the_transition()
    {
        var application = await service.SaveAsync(given.Decided());
        var errors = await service
            .As(given.Chair)
            .PostJsonAsync(application.Url("decide"), new { outcome = "one-level-lower" })
            .ErrorsAsync();
        Assert.Equal(["protocolDate", "protocolNumber", "reason"], errors.Keys.Order());
    }
}
