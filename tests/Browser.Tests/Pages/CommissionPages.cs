using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Pages;

public sealed class CommissionPages(Visitor visitor, Application application)
{
    public async Task FindAsync()
    {
        await visitor.OpenAsync("/commission");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = application.Number, Exact = true }).ClickAsync();
    }

    public async Task DecideAsync(string outcome, string protocol)
    {
        await visitor.Link("commission.decide").ClickAsync();
        await visitor.ChooseAsync(visitor.Words["commission.outcome"], visitor.Words[$"status.{outcome}"]);
        await visitor.Field("commission.protocol-number").FillAsync(protocol);
        await visitor.FillDateAsync(visitor.Words["commission.protocol-date"], Town.Today());
        await visitor.Button("commission.check").ClickAsync();
        await visitor.SeesAsync(visitor.Words["commission.confirm.warning"]);
        await visitor.Button("commission.confirm.submit").ClickAsync();
        await visitor.IsAtAsync($"/commission/{application.Id}");
    }
}
