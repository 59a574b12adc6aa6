using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tests.People;

public sealed class AnswerPersonTests(IdentityService service)
{
    [Fact]
    public async Task They_take_a_services_token_for_this_service_and_no_persons()
    {
        var paths = new[]
        {
            $"/internal/people/{Guid.NewGuid()}",
            $"/internal/organisations/{Guid.NewGuid()}",
            "/internal/sessions/ended",
        };
        foreach (var path in paths)
        {
            using var administrator = await service.AsAdministratorAsync();
            Assert.Equal("401 not-signed-in", await administrator.AskAsync(path).RefusalAsync());
            using var nobody = service.From();
            Assert.Equal("401 not-signed-in", await nobody.AskAsync(path).RefusalAsync());
            using var astray = service.AsService("documents");
            Assert.Equal("401 not-signed-in", await astray.AskAsync(path).RefusalAsync());
        }
        using var neighbour = service.AsService();
        Assert.Equal(404, (int)(await neighbour.AskAsync(paths[0])).StatusCode);
        Assert.Equal(404, (int)(await neighbour.AskAsync(paths[1])).StatusCode);
        // And a service's token opens nothing of a person's.
        Assert.Equal("401 not-signed-in", await neighbour.AskAsync("me").RefusalAsync());
    }

    [Fact]
    public async Task A_person_is_found_by_id_by_number_and_by_role_nearest_first()
    {
        using var neighbour = service.AsService();
        await using var db = service.Open();
        var secretary = await db.Users.SingleAsync(user => user.UserName == "demo-secretary");
        var byId = await neighbour.AskAsync($"/internal/people/{secretary.Id}").JsonAsync();
        Assert.Equal(("900101200010", secretary.Email), (byId.Text("iin"), byId.Text("email")));
        var byIin = await neighbour.PostAsync("/internal/people/by-iin", new { iin = "900101200010" }).JsonAsync();
        Assert.Equal(byId.Text("id"), byIin.Text("id"));
        Assert.Equal(
            404,
            (int)(await neighbour.PostAsync("/internal/people/by-iin", new { iin = "990228100211" })).StatusCode
        );

        var (school, district) = (await service.OrganisationAsync(), await service.OrganisationAsync("district"));
        var chairs = await neighbour
            .PostAsync(
                "/internal/people/in-role",
                new { role = "commission-chair", organisationIds = new[] { school, district } }
            )
            .JsonAsync();
        Assert.Equal(["demo-school-chair"], chairs.EnumerateArray().Select(one => one.Text("login")));
        var executors = await neighbour
            .PostAsync(
                "/internal/people/in-role",
                new { role = "executor", organisationIds = new[] { school, district } }
            )
            .JsonAsync();
        Assert.Contains("demo-executor", executors.EnumerateArray().Select(one => one.Text("login")));
    }

    [Fact]
    public async Task An_organisation_comes_with_its_path_up_to_the_republic()
    {
        using var neighbour = service.AsService();
        var school = await service.OrganisationAsync();
        var found = await neighbour.AskAsync($"/internal/organisations/{school}").JsonAsync();
        Assert.Equal(
            ["organisation", "district", "region", "republic"],
            found.GetProperty("path").EnumerateArray().Select(one => one.Text("level"))
        );
    }
}
