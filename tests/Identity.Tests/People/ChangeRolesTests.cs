using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tests.People;

public sealed class ChangeRolesTests(IdentityService service)
{
    [Fact]
    public async Task A_change_of_roles_takes_effect_at_once()
    {
        var person = await service.RegisteredAsync();
        var school = await service.OrganisationAsync();
        using var client = await service.AsAsync(person.Login!, person.Password!);
        using var administrator = await service.AsAdministratorAsync();
        var same = await administrator
            .PutAsync(
                $"users/{person.Id}/roles",
                new { assignments = new[] { new { role = "teacher", organisationId = school } } }
            )
            .JsonAsync();
        Assert.Single(same.GetProperty("assignments").EnumerateArray());
        await client.AskAsync("me").JsonAsync();

        var changed = await administrator
            .PutAsync(
                $"users/{person.Id}/roles",
                new
                {
                    assignments = new[]
                    {
                        new { role = "teacher", organisationId = school },
                        new { role = "secretary", organisationId = school },
                    },
                }
            )
            .JsonAsync();
        Assert.Equal(
            ["secretary", "teacher"],
            changed.GetProperty("assignments").EnumerateArray().Select(one => one.Text("role")).Order()
        );
        Assert.Equal("401 session.ended", await client.AskAsync("me").RefusalAsync());
        using var again = await service.AsAsync(person.Login!, person.Password!);
        Assert.Equal(2, (await again.AskAsync("me").JsonAsync()).GetProperty("assignments").GetArrayLength());
    }

    [Fact]
    public async Task Roles_are_changed_within_the_table_and_nobody_changes_their_own()
    {
        var person = await service.RegisteredAsync();
        var school = await service.OrganisationAsync();
        using var administrator = await service.AsAdministratorAsync();
        Assert.Equal(
            "assignments: role.level unknown-key",
            await administrator
                .PutAsync(
                    $"users/{person.Id}/roles",
                    new
                    {
                        assignments = new[]
                        {
                            new { role = "executor", organisationId = school },
                            new { role = "king", organisationId = school },
                        },
                    }
                )
                .ErrorsAsync()
        );
        Assert.Equal(
            "assignments: value.wrong-type",
            await administrator
                .PutAsync($"users/{person.Id}/roles", new { assignments = new object?[] { null } })
                .ErrorsAsync()
        );
        Assert.Equal(
            "assignments: required",
            await administrator.PutAsync($"users/{person.Id}/roles", new { }).ErrorsAsync()
        );
        var own = (await administrator.AskAsync("me").JsonAsync()).Text("id");
        Assert.Equal(
            "403 role.not-allowed",
            await administrator
                .PutAsync($"users/{own}/roles", new { assignments = Array.Empty<object>() })
                .RefusalAsync()
        );
        Assert.Equal(
            "403 role.not-allowed",
            await administrator.PostAsync($"users/{own}/block", new { }).RefusalAsync()
        );
        Assert.Equal(
            "404 not-found",
            await administrator.PostAsync($"users/{Guid.NewGuid()}/block", new { }).RefusalAsync()
        );
    }

    [Fact]
    public async Task Who_lost_every_role_is_still_found_where_it_was_and_can_be_given_one()
    {
        var (person, administrator) = (
            await service.RegisteredAsync(),
            await service.RegisteredAsync("administrator", "organisation")
        );
        var school = await service.OrganisationAsync();
        using var client = await service.AsAsync(administrator.Login!, administrator.Password!);
        await client.PutAsync($"users/{person.Id}/roles", new { assignments = Array.Empty<object>() }).JsonAsync();
        Assert.Contains(person.Id, await ListedAsync());
        using var roleless = await service.AsAsync(person.Login!, person.Password!);
        Assert.Empty((await roleless.AskAsync("me").JsonAsync()).GetProperty("assignments").EnumerateArray());

        var given = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ =>
                    client
                        .PutAsync(
                            $"users/{person.Id}/roles",
                            new { assignments = new[] { new { role = "teacher", organisationId = school } } }
                        )
                        .JsonAsync()
                )
        );
        Assert.All(given, answer => Assert.Single(answer.GetProperty("assignments").EnumerateArray()));
        Assert.Contains(person.Id, await ListedAsync());
        await using var db = service.Open();
        Assert.Null((await db.Users.SingleAsync(one => one.Id == person.Id)).LastOrganisationId);

        async Task<Guid[]> ListedAsync() =>
            [
                .. (await client.AskAsync($"users?limit=200&organisationId={school}").JsonAsync())
                    .GetProperty("items")
                    .EnumerateArray()
                    .Select(one => one.GetProperty("id").GetGuid()),
            ];
    }

    [Fact]
    public async Task Nobody_acts_on_who_stands_above_them()
    {
        var district = await service.RegisteredAsync("administrator", "district");
        var executor = await service.RegisteredAsync("executor", "region");
        using var administrator = await service.AsAsync(district.Login!, district.Password!);
        Assert.Equal(
            "404 not-found",
            await administrator.PostAsync($"users/{executor.Id}/block", new { }).RefusalAsync()
        );
        using var teacher = await service.AsAsync("demo-teacher");
        Assert.Equal(
            "403 role.not-allowed",
            await teacher.PostAsync($"users/{district.Id}/block", new { }).RefusalAsync()
        );
        Assert.Equal("403 role.not-allowed", await teacher.AskAsync("users").RefusalAsync());
    }
}
