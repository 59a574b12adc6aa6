namespace PedAtt.Identity.Tests.Registration;

public sealed class CreateAdministratorTests
{
    [Fact]
    public async Task The_first_administrator_is_made_once_and_registers_with_the_code()
    {
        await using var service = await IdentityService.OfItsOwnAsync("Production");
        var made = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(async _ =>
                {
                    await using var db = service.Open();
                    return await CreateAdministrator.MakeAsync(db, service.Clock, default);
                })
        );
        var (login, code) = Assert.Single(made, one => one is not null)!.Value;

        using var client = service.From();
        var person = new Newcomer { Login = login, ActivationCode = code };
        Assert.Equal(
            "login: login.not-issued",
            await client.PostAsync("registrations", person with { ActivationCode = null }).ErrorsAsync()
        );
        await client.PostAsync("registrations", person).JsonAsync(201);
        using var administrator = await service.AsAsync(login, person.Password!);
        var seat = (await administrator.AskAsync("me").JsonAsync())
            .GetProperty("assignments")
            .EnumerateArray()
            .Single();
        Assert.Equal(
            ("administrator", "republic"),
            (seat.Text("role"), seat.GetProperty("organisation").Text("level"))
        );

        await using var later = service.Open();
        Assert.Null(await CreateAdministrator.MakeAsync(later, service.Clock, default));
    }

    [Fact]
    public async Task A_code_that_was_lost_is_replaced_once_it_has_expired()
    {
        await using var service = await IdentityService.OfItsOwnAsync("Production");
        await using var db = service.Open();
        Assert.NotNull(await CreateAdministrator.MakeAsync(db, service.Clock, default));
        Assert.Null(await CreateAdministrator.MakeAsync(db, service.Clock, default));
        service.Clock.PutForward(TimeSpan.FromDays(61));
        Assert.NotNull(await CreateAdministrator.MakeAsync(db, service.Clock, default));
    }

    [Fact]
    public async Task Where_the_demonstrations_administrator_is_there_is_no_second_first_one()
    {
        await using var service = await IdentityService.OfItsOwnAsync();
        await using var db = service.Open();
        Assert.Null(await CreateAdministrator.MakeAsync(db, service.Clock, default));
    }
}
