using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Administration;

/// <summary>What is where in the pipeline, and the ways to an administrator's work. Either part stands without the
/// other.</summary>
public sealed class IndexModel : AdministrationPage
{
    /// <summary>Of a country's schools nobody reads more at once: the overdue and the oldest come first.</summary>
    public const int MostRows = 100;

    private const int MostCounted = 200;

    public Pipeline? Pipeline { get; private set; }

    public IReadOnlyList<PipelineItem> Shown { get; private set; } = [];

    public bool IsCut { get; private set; }

    /// <summary>Null while Notifications does not answer.</summary>
    public int? FailedLetters { get; private set; }

    public string? Status { get; private set; }

    public async Task OnGetAsync()
    {
        var failed = OrNothingAsync<Page<FailedLetter>>($"/api/notifications/failures?limit={MostCounted}");
        Pipeline = await OrNothingAsync<Pipeline>("/api/applications/summary");
        FailedLetters = (await failed)?.Items.Count;
        var wanted = Request.Query["status"].ToString();
        Status = Pipeline?.Statuses.FirstOrDefault(total => total.Status == wanted)?.Status;
        PipelineItem[] items =
        [
            .. (Pipeline?.Items ?? [])
                .Where(item => Status is null || item.Status == Status)
                .OrderByDescending(item => item.Overdue)
                .ThenBy(item => item.Oldest),
        ];
        Shown = [.. items.Take(MostRows)];
        IsCut = items.Length > MostRows;
    }

    private async Task<T?> OrNothingAsync<T>(string path)
        where T : class
    {
        try
        {
            return await Api.GetAsync<T>(path);
        }
        catch (ApiProblemException problem) when (problem.Status >= 500)
        {
            return null;
        }
    }
}
