using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tests.People;

public sealed class CorrectPersonTests(IdentityService service)
{
    [Fact]
    public async Task A_name_an_IIN_an_email_and_a_phone_are_corrected_with_their_ground()
    {
        var person = await service.RegisteredAsync();
        using var signedIn = await service.AsAsync(person.Login!, person.Password!);
        using var administrator = await service.AsAdministratorAsync();
        var (iin, email) = (Newcomer.NewIin(), $"{Guid.NewGuid():N}@school.example.kz");
        var corrected = await PatchAsync(
                administrator,
                person.Id,
                new
                {
                    iin,
                    familyName = " Iзбасарова ",
                    givenName = (string?)null,
                    email,
                    phone = "+77017654321",
                    ground = "Некеге тұру туралы куәлік № 5",
                }
            )
            .JsonAsync();

        Assert.Equal("Ізбасарова Әсел Маратқызы", corrected.Text("name"));
        Assert.Equal((email, "+77017654321"), (corrected.Text("email"), corrected.Text("phone")));
        Assert.False(corrected.GetProperty("proven").GetBoolean());
        Assert.Equal("401 session.ended", await signedIn.AskAsync("me").RefusalAsync());
        await using var db = service.Open();
        var noted = await db.AdministratorActions.SingleAsync(one =>
            one.SubjectId == person.Id && one.Action == "user.corrected"
        );
        Assert.Equal(("iin name email phone", "Некеге тұру туралы куәлік № 5"), (noted.Details, noted.Ground));
        Assert.Equal(iin, (await db.Users.SingleAsync(one => one.Id == person.Id)).Iin);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_and_another_persons_is_not_taken()
    {
        var (person, other) = (await service.RegisteredAsync(), await service.RegisteredAsync());
        using var administrator = await service.AsAdministratorAsync();
        Assert.Equal(
            "email: email.invalid; familyName: name.invalid; ground: required; iin: iin.invalid; phone: phone.invalid",
            await PatchAsync(
                    administrator,
                    person.Id,
                    new
                    {
                        iin = "1",
                        familyName = "42",
                        email = "a..b@mail.kz",
                        phone = "1",
                    }
                )
                .ErrorsAsync()
        );
        Assert.Equal(
            "email: email.already-registered; iin: iin.already-registered",
            await PatchAsync(
                    administrator,
                    person.Id,
                    new
                    {
                        other.Iin,
                        other.Email,
                        ground = "Қате жазылған",
                    }
                )
                .ErrorsAsync()
        );
    }

    [Fact]
    public async Task It_is_for_administrators_above_the_person_alone()
    {
        var person = await service.RegisteredAsync();
        using var teacher = await service.AsAsync("demo-teacher");
        Assert.Equal(
            "403 role.not-allowed",
            await PatchAsync(teacher, person.Id, new { ground = "Қате" }).RefusalAsync()
        );
        using var administrator = await service.AsAdministratorAsync();
        var own = (await administrator.AskAsync("me").JsonAsync()).Text("id");
        Assert.Equal(
            "403 role.not-allowed",
            await PatchAsync(administrator, Guid.Parse(own!), new { ground = "Қате" }).RefusalAsync()
        );
        Assert.Equal(
            "404 not-found",
            await PatchAsync(administrator, Guid.NewGuid(), new { ground = "Қате" }).RefusalAsync()
        );
    }

    private static async Task<HttpResponseMessage> PatchAsync(HttpClient client, Guid id, object body)
    {
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/api/identity/users/{id}")
        {
            Content = JsonContent.Create(body, options: Json.Options),
        };
        return await client.SendAsync(patch);
    }
}
