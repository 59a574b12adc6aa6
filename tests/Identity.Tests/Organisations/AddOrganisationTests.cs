using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tests.Organisations;

public sealed class AddOrganisationTests(IdentityService service)
{
    [Fact]
    public async Task The_tree_grows_where_the_table_allows_and_the_others_hear_of_it()
    {
        using var administrator = await service.AsAdministratorAsync();
        var district = await service.OrganisationAsync("district");
        var school = new
        {
            parentId = district,
            level = "organisation",
            kind = "school",
            nameKk = "Мектеп",
            nameRu = "Школа",
            bin = Newcomer.NewBin(),
            kato = "351010000",
        };
        var made = await administrator.PostAsync("organisations", school).JsonAsync(201);
        Assert.Equal("district", made.Text("subordination"));
        Assert.Equal(
            "409 organisation.already-exists",
            await administrator.PostAsync("organisations", school).RefusalAsync()
        );
        Assert.Equal(
            "level: organisation.level",
            await administrator
                .PostAsync(
                    "organisations",
                    new
                    {
                        school.parentId,
                        level = "region",
                        school.kind,
                        school.nameKk,
                        school.nameRu,
                        bin = Newcomer.NewBin(),
                        school.kato,
                    }
                )
                .ErrorsAsync()
        );

        var id = made.GetProperty("id").GetGuid();
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/api/identity/organisations/{id}")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { nameKk = "№ 2 мектеп" }),
        };
        var changed = await administrator.SendAsync(patch).JsonAsync();
        Assert.Equal(("№ 2 мектеп", "Школа"), (changed.Text("nameKk"), changed.Text("nameRu")));
        await using var db = service.Open();
        Assert.Equal(
            2,
            (await db.OutboxMessages.Select(message => message.Body).ToListAsync()).Count(body =>
                body.Contains($"{id}", StringComparison.Ordinal)
            )
        );
        Assert.Equal([id, district], (await db.Organisations.SingleAsync(one => one.Id == id)).Path[..2]);
    }

    [Fact]
    public async Task Everybody_signed_in_reads_the_tree_and_administrators_change_their_part()
    {
        using var teacher = await service.AsAsync("demo-teacher");
        var district = await service.OrganisationAsync("district");
        var under = await teacher.AskAsync($"organisations?parentId={district}").JsonAsync();
        Assert.NotEmpty(under.GetProperty("items").EnumerateArray());
        Assert.Equal("403 role.not-allowed", await teacher.PostAsync("organisations", new { }).RefusalAsync());
        Assert.Equal("404 not-found", await teacher.AskAsync($"organisations/{Guid.NewGuid()}").RefusalAsync());

        var person = await service.RegisteredAsync("administrator", "organisation");
        using var school = await service.AsAsync(person.Login!, person.Password!);
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/api/identity/organisations/{district}")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { nameKk = "Менікі" }),
        };
        Assert.Equal("403 role.not-allowed", await school.SendAsync(patch).RefusalAsync());
    }
}
