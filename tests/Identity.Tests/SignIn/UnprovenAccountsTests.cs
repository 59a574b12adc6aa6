using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace PedAtt.Identity.Tests.SignIn;

/// <summary>What the key of an IIN's true holder does; whose key it is Documents says, and System.Tests walk.</summary>
public sealed class UnprovenAccountsTests(IdentityService service)
{
    [Fact]
    public async Task The_key_ends_what_a_stranger_made_with_its_holders_IIN_and_the_IIN_is_free()
    {
        var iin = Newcomer.NewIin();
        var stranger = await RegisteredAsync(iin, named: false);
        using var signedIn = await service.AsAsync(stranger.Login!, stranger.Password!);

        Assert.Equal("eds.account-ended", await RefusedAsync(iin));

        Assert.Equal("401 session.ended", await signedIn.AskAsync("me").RefusalAsync());
        using var client = service.From();
        Assert.Equal(
            "401 credentials.invalid",
            await client.SignInAsync(stranger.Login, stranger.Password).RefusalAsync()
        );
        Assert.Equal("eds.not-registered", await RefusedAsync(iin));
        // Its holder registers with the code that was issued for them, under an e-mail of their own.
        var holder = await RegisteredAsync(iin, named: true, withCode: true);
        Assert.Equal((holder.Id, Proof.ActivationCode), await ProvenAsync(holder.Id));
    }

    [Fact]
    public async Task Who_has_the_key_and_the_password_is_the_holder_and_gets_the_account_back()
    {
        var iin = Newcomer.NewIin();
        var person = await RegisteredAsync(iin, named: false);
        Assert.Equal("eds.account-ended", await RefusedAsync(iin));
        Assert.Equal("credentials.invalid", await RefusedAsync(iin, "another password"));

        Assert.Equal(person.Id, (await OpenAsync(iin, person.Password)).Id);

        Assert.Equal((person.Id, Proof.Eds), await ProvenAsync(person.Id));
        using var client = await service.AsAsync(person.Login!, person.Password!);
        Assert.True((await client.AskAsync("me").JsonAsync()).GetProperty("proven").GetBoolean());
    }

    [Fact]
    public async Task An_account_whose_IIN_is_taken_by_another_meanwhile_does_not_come_back()
    {
        var iin = Newcomer.NewIin();
        var first = await RegisteredAsync(iin, named: false);
        Assert.Equal("eds.account-ended", await RefusedAsync(iin));
        var second = await RegisteredAsync(iin, named: true, withCode: true);
        await using var db = service.Open();
        Assert.NotNull((await db.Users.SingleAsync(one => one.Id == first.Id)).ClosedAt);
        Assert.Null((await db.Users.SingleAsync(one => one.Id == second.Id)).ClosedAt);
    }

    [Fact]
    public async Task A_login_that_was_issued_for_the_IIN_is_opened_and_proven_by_the_key()
    {
        var iin = Newcomer.NewIin();
        var person = await RegisteredAsync(iin, named: true);
        Assert.Null((await ProvenAsync(person.Id)).By);
        Assert.Equal(person.Id, (await OpenAsync(iin, null)).Id);
        Assert.Equal((person.Id, Proof.Eds), await ProvenAsync(person.Id));
    }

    private async Task<Newcomer> RegisteredAsync(string iin, bool named, bool withCode = false)
    {
        using var administrator = await service.AsAdministratorAsync();
        var issued = await administrator
            .PostAsync(
                "logins",
                new
                {
                    role = "teacher",
                    organisationId = await service.OrganisationAsync(),
                    iin = named ? iin : null,
                }
            )
            .JsonAsync(201);
        var newcomer = new Newcomer
        {
            Iin = iin,
            Login = issued.Text("login"),
            ActivationCode = withCode ? issued.Text("activationCode") : null,
        };
        using var client = service.From();
        return newcomer with
        {
            Id = (await client.PostAsync("registrations", newcomer).JsonAsync(201)).GetProperty("id").GetGuid(),
        };
    }

    private async Task<(Guid Id, Proof? By)> ProvenAsync(Guid id)
    {
        await using var db = service.Open();
        return (id, (await db.Users.SingleAsync(one => one.Id == id)).ProvenBy);
    }

    private async Task<string> RefusedAsync(string iin, string? password = null)
    {
        var refused = await Assert.ThrowsAsync<Problem>(() => OpenAsync(iin, password));
        Assert.Equal(401, refused.Status);
        return refused.Code;
    }

    private async Task<User> OpenAsync(string iin, string? password)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var ct = TestContext.Current.CancellationToken;
        var found = await scope
            .ServiceProvider.GetRequiredService<IdentityDb>()
            .Users.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Iin == iin && one.ClosedAt == null, ct);
        return await scope
            .ServiceProvider.GetRequiredService<UnprovenAccounts>()
            .OpenAsync(found, iin, password, System.Net.IPAddress.Loopback, ct);
    }
}
