using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Pages;

/// <summary>The list of what there is to do, the blocks, and the form of an entry.</summary>
public sealed class PortfolioPages(Visitor visitor, Guid id)
{
    public async Task OpenAsync() => await visitor.OpenAsync($"/applications/{id}/portfolio");

    public ILocator Task(string name) => visitor.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public async Task OpenBlockAsync(CatalogueBlock block)
    {
        await Task(visitor.In(block.Name)).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync(visitor.In(block.Name));
    }

    public async Task AddEntryAsync(CatalogueBlock block, params Upload[] files)
    {
        await OpenBlockAsync(block);
        await visitor.Link("entry.add").ClickAsync();
        await FillAsync(block);
        if (files.Length > 0)
            await AttachAsync("files.add", files);
        await SaveAsync();
    }

    /// <summary>What must be filled in.</summary>
    public async Task FillAsync(CatalogueBlock block)
    {
        foreach (var field in block.Fields.Where(field => field.Required))
        {
            var label = visitor.In(field.Name);
            var value = Filler.Value(field);
            if (field.Type == "date")
                await visitor.FillDateAsync(label, DateOnly.Parse((string)value));
            else if (field.Type == "choice")
                await visitor.ChooseAsync(label, visitor.In(field.Choices![0].Name));
            else
                await visitor.FieldCalled(label).FillAsync($"{value}");
        }
    }

    public Task AttachAsync(string label, params Upload[] files) =>
        visitor
            .Field(label)
            .SetInputFilesAsync(
                files.Select(file => new FilePayload
                {
                    Name = file.Name,
                    MimeType = file.ContentType,
                    Buffer = file.Content,
                })
            );

    /// <summary>Takes another file in the place of those that are there.</summary>
    public async Task ReplaceFilesAsync(Upload file)
    {
        await visitor
            .Page.GetByRole(AriaRole.Link, new() { Name = visitor.Words["summary.change"] })
            .First.ClickAsync();
        foreach (
            var kept in await visitor.GroupCalled(visitor.Words["files.keep"]).GetByRole(AriaRole.Checkbox).AllAsync()
        )
            await kept.UncheckAsync();
        await AttachAsync("files.more", file);
        await SaveAsync();
    }

    public async Task SaveAsync()
    {
        await visitor.Button("form.save").ClickAsync();
        await visitor.SeesAsync(visitor.Words["saved"]);
    }

    public async Task SendAsync()
    {
        await visitor.Button("send.button").ClickAsync();
        await ConfirmAsync();
    }

    public async Task ConfirmAsync()
    {
        await visitor.Button("send.ok").ClickAsync();
        await Expect(visitor.Heading("sent.title")).ToBeVisibleAsync();
    }
}
