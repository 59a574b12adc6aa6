using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Pages;

/// <summary>The executor's list, an application in it, its receipt.</summary>
public sealed class ServicePages(Visitor visitor, Application application)
{
    public async Task FindAsync()
    {
        await visitor.OpenAsync("/service");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = application.Number, Exact = true }).ClickAsync();
    }

    public async Task MakeAcceptanceAsync()
    {
        await visitor.Button("service.make-acceptance").ClickAsync();
        await Expect(visitor.Heading("service.sign.title")).ToBeVisibleAsync();
    }

    public async Task SignWithNcaLayerAsync()
    {
        await visitor.Button("nca.start").ClickAsync();
        await Expect(visitor.Heading("service.accept.title")).ToBeVisibleAsync();
    }

    /// <summary>Downloads the receipt, signs it in another program, and hands the signature in.</summary>
    public async Task SignElsewhereAsync(Func<byte[], byte[]> sign)
    {
        var receipt = await (
            await visitor.Context.APIRequest.GetAsync(
                (await visitor.Link("service.sign.step-1").GetAttributeAsync("href"))!
            )
        ).BodyAsync();
        await visitor
            .Field("service.sign.file")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "receipt.cms",
                    MimeType = "application/pkcs7-signature",
                    Buffer = sign(receipt),
                }
            );
        await visitor.Button("service.sign.send").ClickAsync();
        await Expect(visitor.Heading("service.accept.title")).ToBeVisibleAsync();
    }

    /// <summary>Reads what the teacher will read, and accepts.</summary>
    public async Task AcceptAsync()
    {
        await visitor.SeesAsync(visitor.Words["reading.preview.title"]);
        await visitor.Button("service.accept").ClickAsync();
        await visitor.IsAtAsync($"/service/{application.Id}");
    }

    public async Task SendToCommissionAsync()
    {
        await visitor.Link("service.send").ClickAsync();
        await visitor.Button("service.send").ClickAsync();
        await visitor.IsAtAsync(new Regex("/service(/[0-9a-f-]{36})?(\\?|$)"));
    }
}
