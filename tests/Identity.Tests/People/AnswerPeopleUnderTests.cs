namespace PedAtt.Identity.Tests.People;

public sealed class AnswerPeopleUnderTests(IdentityService service)
{
    [Fact]
    public async Task Who_holds_a_role_below_is_found_page_by_page_by_id()
    {
        using var neighbour = service.AsService();
        var (school, region) = (await service.OrganisationAsync(), await service.OrganisationAsync("region"));

        var above = await LoginsAsync(region, "secretary");
        var own = await LoginsAsync(school, "secretary");
        var first = (await AskAsync(region, ["secretary"], null))[0];
        var after = await AskAsync(region, ["secretary"], first.GetProperty("id").GetGuid());

        Assert.Contains("demo-secretary", above);
        Assert.Contains("demo-secretary", own);
        Assert.DoesNotContain("demo-executor", above);
        Assert.DoesNotContain(first.Text("id"), after.Select(one => one.Text("id")));

        async Task<string?[]> LoginsAsync(Guid organisation, string role) =>
            [.. (await AskAsync(organisation, [role], null)).Select(one => one.Text("login"))];

        async Task<System.Text.Json.JsonElement[]> AskAsync(Guid organisationId, string[] roles, Guid? after) =>
            [
                .. (
                    await neighbour
                        .PostAsync(
                            "/internal/people/under",
                            new
                            {
                                organisationId,
                                roles,
                                after,
                            }
                        )
                        .JsonAsync()
                ).EnumerateArray(),
            ];
    }
}
