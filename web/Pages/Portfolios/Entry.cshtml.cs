using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Applications;

namespace PedAtt.Web.Pages.Portfolios;

/// <summary>
/// «Добавить запись», or one changed: the fields of the catalogue and the files. Plain multipart; where a script has
/// uploaded the files already, it sends only their ids.
/// </summary>
public sealed class EntryModel : ApplicationPage, IFormPage
{
    [FromRoute]
    public string Block { get; set; } = "";

    /// <summary>"new", or the entry's id.</summary>
    [FromRoute]
    public string EntryId { get; set; } = "";

    public BlockDefinition Definition { get; private set; } = null!;

    public PortfolioEntry? Entry { get; private set; }

    public Review? Comment { get; private set; }

    /// <summary>What the form was made from; after a stale answer what stands there now.</summary>
    public string Version { get; private set; } = "";

    public bool FilesAreLost { get; private set; }

    public string Here => To.Block(Block);

    public async Task LoadAsync()
    {
        await LoadPortfolioAsync();
        Definition = Catalogue.Block(Block) ?? throw new ApiProblemException(404, "not-found");
        var state = Portfolio.Block(Block) ?? throw new ApiProblemException(404, "not-found");
        if (EntryId != "new")
            Entry =
                state.Entries.FirstOrDefault(entry => entry.Id.ToString() == EntryId)
                ?? throw new ApiProblemException(404, "not-found");
        Comment = state.Review is { Verdict: "returned" } review ? review : null;
        Version = Request.HasFormContentType
            ? Request.Form["version"].ToString()
            : Entry?.Version.ToString(CultureInfo.InvariantCulture) ?? "";
        FilesAreLost = Request.HasFormContentType && EntryForm.Files(Request.Form).Count > 0;
    }

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Application.Allows("submit") && IsOpen(Block) ? Page() : SeeOther(Here);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        try
        {
            await SaveAsync();
        }
        catch (ApiProblemException problem) when (problem.Code == "stale")
        {
            Version = Entry!.Version.ToString(CultureInfo.InvariantCulture);
            Form.Refuse(T["stale.title"], T["stale.do"]);
        }
        catch (ApiProblemException problem) when (problem.Code.StartsWith("file.", StringComparison.Ordinal))
        {
            ComplainOfFile(problem);
        }
        catch (ApiProblemException problem) when (problem.Errors.Count > 0)
        {
            Complain(problem);
        }
        catch (ApiProblemException problem) when (problem.Status is not (401 or 404))
        {
            Show(problem);
        }
        return Form.HasErrors ? Again() : SeeOther($"{Here}?saved=true");
    }

    public string? Stored(FieldDefinition field) =>
        Entry is not null && Entry.Fields.TryGetValue(field.Key, out var value)
            ? value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : value.GetRawText().Replace('.', field.Type == "decimal" && T.Language != "en" ? ',' : '.')
            : null;

    /// <summary>In the order of the form, each with the limits and a sample of its field.</summary>
    private void Complain(ApiProblemException problem)
    {
        foreach (var field in Definition.Fields)
        foreach (var code in problem.Errors.GetValueOrDefault(field.Key) ?? [])
        {
            if (EntryForm.Hint(field, code, T) is { } hint)
                Form.AddUnnamed(field.Key, hint);
            else
                Form.AddCode(field.Key, code);
        }
        foreach (
            var (field, codes) in problem.Errors.Where(error => Definition.Fields.All(field => field.Key != error.Key))
        )
        foreach (var code in codes)
            Form.AddCode(field, code);
    }

    private async Task SaveAsync()
    {
        var fields = EntryForm.Read(Definition, Request.Form);
        if (Entry is not null)
            fields["keepFiles"] = Request.Form["keepFiles"].OfType<string>();
        if (Request.Form["uploadIds"] is { Count: > 0 } uploads)
            fields["uploadIds"] = uploads.OfType<string>();
        using var content = EntryForm.Content(fields, EntryForm.Files(Request.Form));
        var entries = $"/api/portfolios/{Id}/blocks/{Block}/entries";
        using var answer = Entry is null
            ? await Api.SendAsync(HttpMethod.Post, entries, content, key: Form.Once)
            : await Api.SendAsync(
                HttpMethod.Put,
                $"{entries}/{Entry.Id}",
                content,
                int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0
            );
    }
}
