using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tests.Mail;

public sealed partial class PasswordEmailsTests
{
    [Fact]
    public async Task A_letter_that_cannot_go_out_does_not_hold_up_the_next()
    {
        await using var mail = new OwnMailServer();
        await using var service = await IdentityService.OfItsOwnAsync(smtp: mail.Address);
        var (misspelt, hanging, good) = (
            await service.RegisteredAsync(),
            await service.RegisteredAsync(),
            await service.RegisteredAsync()
        );
        mail.HangsFor = hanging.Email;
        const string NoAddress = "no address at all";
        await using (var db = service.Open())
            await db
                .Users.Where(one => one.Id == misspelt.Id)
                .ExecuteUpdateAsync(row =>
                    row.SetProperty(one => one.Email, NoAddress)
                        .SetProperty(one => one.NormalizedEmail, "MISSPELT@SCHOOL.EXAMPLE.KZ")
                );
        using var client = service.From();
        foreach (var email in new[] { "misspelt@school.example.kz", hanging.Email, good.Email })
            await client.PostAsync("password/forgot", new { email }).JsonAsync(204);
        await UntilAsync(() => !mail.Taken.IsEmpty);
        Assert.Equal([good.Email], mail.Taken.Distinct());

        // They are tried again behind it, and go out when they can.
        mail.HangsFor = null;
        await UntilAsync(() => mail.Taken.Contains(hanging.Email));
        await using var later = service.Open();
        Assert.InRange(
            (
                await later.PasswordResets.SingleAsync(one => one.NormalizedEmail == "MISSPELT@SCHOOL.EXAMPLE.KZ")
            ).Attempts,
            1,
            8
        );
    }

    [Fact]
    public async Task The_code_counts_before_its_letter_has_arrived()
    {
        await using var mail = new OwnMailServer();
        await using var service = await IdentityService.OfItsOwnAsync(smtp: mail.Address);
        var person = await service.RegisteredAsync();
        using var client = service.From();
        var reset = new TaskCompletionSource<int>();
        mail.Before = async letter =>
        {
            using var answer = await client.PostAsync(
                "password/reset",
                new { code = Code().Match(letter).Value, password = "жаңа құпиясөз 7" }
            );
            reset.TrySetResult((int)answer.StatusCode);
        };
        await client.PostAsync("password/forgot", new { email = person.Email }).JsonAsync(204);
        Assert.Equal(204, await reset.Task.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    private static async Task UntilAsync(Func<bool> arrived)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!arrived())
            await Task.Delay(50, patience.Token);
    }

    [GeneratedRegex("[2-9a-z]{5}-[2-9a-z]{5}-[2-9a-z]{5}-[2-9a-z]{2}")]
    private static partial Regex Code();
}
