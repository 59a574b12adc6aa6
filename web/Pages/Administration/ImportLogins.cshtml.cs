using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Administration;

/// <summary>
/// A list of people: looked through first, a result for each row, then issued. The list goes along in the form of the
/// preview, so nothing of it is kept here; the codes are in the last answer alone. The page carries its own answer
/// where the language is changed.
/// </summary>
public sealed class ImportLoginsModel : AdministrationPage, IFormPage
{
    /// <summary>The first line of the file.</summary>
    public const string Columns = "role,organisationBin,login,iin,fullName";

    private const string Path = "/api/identity/logins/import";

    public Import? Result { get; private set; }

    /// <summary>The file's bytes, to be sent along as they are.</summary>
    public string Csv { get; private set; } = "";

    public IReadOnlyList<ImportedRow> Rows => Result?.Rows ?? [];

    /// <summary>The answer as the page carries it.</summary>
    public string Carried => JsonSerializer.Serialize(Result, Json.Options);

    public Task LoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (Request.HasFormContentType && Request.Form["answer"].ToString() is { Length: > 0 } answer)
            (Result, Csv) = (JsonSerializer.Deserialize<Import>(answer, Json.Options), Request.Form["csv"].ToString());
        return Task.CompletedTask;
    }

    public IActionResult OnGet()
    {
        if (Request.Query["sample"] != "true")
            return Page();
        var rows = Seats
            .Take(1)
            .SelectMany(seat =>
                new[]
                {
                    $"teacher,{seat.Bin},,,{T["import.sample.name-1"]}",
                    $"secretary,{seat.Bin},{"secretary-school-1"},,{T["import.sample.name-2"]}",
                }
            );
        // With the mark of UTF-8, without which a spreadsheet does not read Kazakh letters.
        return File(
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)
                .GetPreamble()
                .Concat(Encoding.UTF8.GetBytes($"{Columns}\r\n" + string.Join("\r\n", rows) + "\r\n"))
                .ToArray(),
            "text/csv; charset=utf-8",
            "logins.csv"
        );
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (Request.Form["issued"] == "true")
        {
            await LoadAsync();
            return Page();
        }
        var sent = Request.Form["csv"].ToString();
        var file = Request.Form.Files["file"];
        if (sent.Length == 0 && file is not { Length: > 0 })
        {
            Form.Add("file", T["import.file.required"]);
            return Again();
        }
        Csv = sent.Length > 0 ? sent : Convert.ToBase64String(await BytesAsync(file!));
        return await TryAsync(() => ImportAsync(dryRun: sent.Length == 0)) ? Page() : Again();
    }

    /// <summary>What is wrong with a row, in words.</summary>
    public string Words(string code) => T.Find($"import.{code}") ?? T.Find($"error.{code}") ?? T["error.other"];

    private async Task ImportAsync(bool dryRun)
    {
        using var content = new ByteArrayContent(Convert.FromBase64String(Csv));
        content.Headers.ContentType = new("text/csv") { CharSet = "utf-8" };
        using var answer = await Api.SendAsync(
            HttpMethod.Post,
            $"{Path}?dryRun={(dryRun ? "true" : "false")}",
            content,
            key: dryRun ? null : Form.Once
        );
        Result = await answer.Content.ReadFromJsonAsync<Import>(Json.Options);
    }

    private static async Task<byte[]> BytesAsync(IFormFile file)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
