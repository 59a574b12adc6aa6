using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tests.Organisations;

public sealed class ListUnstaffedTests
{
    [Fact]
    public async Task Where_nobody_can_act_is_listed_to_the_administrators_above_until_somebody_can()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var administrator = await own.AsAdministratorAsync();
        // The demonstration has a secretary in its school, and an executor and a chair in its district.
        Assert.Equal(["region: executor commission-chair", "republic: executor commission-chair"], await ListedAsync());

        await using (var db = own.Open())
            await db
                .Users.Where(one => one.UserName == "demo-secretary")
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.BlockedAt, own.Clock.GetUtcNow()));
        await own.RegisteredAsync("executor", "region");
        Assert.Equal(
            ["organisation: secretary", "region: commission-chair", "republic: executor commission-chair"],
            await ListedAsync()
        );

        using var teacher = await own.AsAsync("demo-teacher");
        Assert.Equal("403 role.not-allowed", await teacher.AskAsync("organisations/unstaffed").RefusalAsync());

        async Task<string[]> ListedAsync()
        {
            var listed = new List<string>();
            for (var next = "organisations/unstaffed?limit=2"; next is not null; )
            {
                var page = await administrator.AskAsync(next).JsonAsync();
                listed.AddRange(
                    page.GetProperty("items")
                        .EnumerateArray()
                        .Select(one =>
                            $"{one.GetProperty("organisation").Text("level")}: "
                            + string.Join(
                                ' ',
                                one.GetProperty("missing").EnumerateArray().Select(role => role.GetString())
                            )
                        )
                );
                next = page.Text("next") is { } after
                    ? $"organisations/unstaffed?limit=2&after={Uri.EscapeDataString(after)}"
                    : null;
            }
            return [.. listed.Order(StringComparer.Ordinal)];
        }
    }
}
