using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Pages;

/// <summary>What is signed is checked first, then signed in one of two ways; with everything filled in, sending comes
/// next.</summary>
public sealed class StatementPages(Visitor visitor, Guid id)
{
    /// <summary>Opens the words that will be signed, and goes on.</summary>
    public async Task CheckAsync()
    {
        await visitor.OpenAsync($"/applications/{id}/check");
        await visitor.Button("check.button").ClickAsync();
        await Expect(visitor.Heading("sign.title")).ToBeVisibleAsync();
    }

    public async Task SignWithNcaLayerAsync()
    {
        await visitor.Button("nca.start").ClickAsync();
        await Expect(visitor.Heading("send.title")).ToBeVisibleAsync();
    }

    public async Task AttachScanAsync(Upload scan)
    {
        await visitor
            .Field("sign.scan")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = scan.Name,
                    MimeType = scan.ContentType,
                    Buffer = scan.Content,
                }
            );
        await visitor.Button("sign.attach-scan").ClickAsync();
        await Expect(visitor.Heading("send.title")).ToBeVisibleAsync();
    }
}
