namespace PedAtt.Applications.Tests.Rules;

public sealed class GetReferenceTests(ApplicationsService service)
{
    [Fact]
    public async Task Whoever_is_signed_in_gets_the_keys_and_their_names()
    {
        var reference = await service.As(new Given().Chair).GetAsync("/api/applications/reference").JsonAsync();
        Assert.Equal(
            ["categories", "statementForms", "attestationKinds", "subjects", "positions", "statuses", "refusalReasons"],
            reference.EnumerateObject().Select(property => property.Name)
        );
        var expert = reference
            .GetProperty("categories")
            .EnumerateArray()
            .Single(category => category.Text("key") == "teacher-expert");
        Assert.Equal(
            ["key", "order", "ladder", "claimable", "validFrom", "validTo", "name"],
            expert.EnumerateObject().Select(property => property.Name)
        );
        Assert.Equal(("teacher", "педагог-сарапшы"), (expert.Text("ladder"), expert.GetProperty("name").Text("kk")));
        Assert.Equal(
            ["regular", "early"],
            reference.GetProperty("attestationKinds").EnumerateArray().Select(kind => kind.Text("key"))
        );
        Assert.Equal(
            "401 not-signed-in",
            await service.CreateClient().GetAsync("/api/applications/reference").RefusalAsync()
        );
    }
}
