using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Desk;

/// <summary>A page of the staff about one application.</summary>
public abstract class DossierPage : SitePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public Dossier Dossier { get; private set; } = null!;

    public Application Application => Dossier.Application;

    /// <summary>The block that was judged a moment ago.</summary>
    public ReadBlock? Judged =>
        HttpMethods.IsPost(Request.Method)
            ? null
            : Dossier.Filled.FirstOrDefault(block =>
                block.Key == Request.Query["judged"] && block.Status is "accepted" or "returned"
            );

    /// <summary>The part of the site that the page belongs to: <c>/review</c>.</summary>
    protected abstract string Part { get; }

    protected abstract IReadOnlyList<string> Readers { get; }

    /// <param name="compared">With what was sent before, where it was sent more than once.</param>
    protected async Task ReadAsync(bool compared = false)
    {
        Me.Require(Readers);
        ViewData["Wide"] = true;
        var application = Api.GetAsync<Application>($"/api/applications/{Id}");
        var portfolio = Api.GetAsync<Portfolio>($"/api/portfolios/{Id}");
        var documents = Api.GetAsync<Page<Document>>($"/api/documents/applications/{Id}");
        var catalogue = CatalogueAsync();
        var reference = ReferenceAsync();
        await Task.WhenAll(application, portfolio, documents, catalogue, reference);
        var (fields, earlier) = compared ? await EarlierAsync(await application) : (null, null);
        Dossier = new(
            T,
            await catalogue,
            await reference,
            await application,
            await portfolio,
            (await documents).Items,
            Routes.Dossier(Part, Id),
            fields,
            earlier
        );
    }

    /// <summary>What the teacher will be told; null where the call is not to be had just now: the move does not wait
    /// for it.</summary>
    protected async Task<MessagePreview?> PreviewAsync(string kind, int? reasons = null)
    {
        try
        {
            return await Api.GetAsync<MessagePreview>(
                $"/api/notifications/preview?kind=application.{kind}&applicationId={Id}{(reasons is null ? "" : $"&reasons={reasons}")}"
            );
        }
        catch (ApiProblemException problem) when (problem.Status is not 401)
        {
            return null;
        }
    }

    /// <summary>
    /// After the move that ends the reader's work on this application: to the next that waits for them, which says what
    /// became of this one; where none waits, or the list is not to be had, to the list itself.
    /// </summary>
    /// <param name="waiting">The status of what waits for the reader.</param>
    protected async Task<IActionResult> NextAsync(string waiting, string done)
    {
        var said = $"?{DeskTexts.Done}={done}&{DeskTexts.Number}={Application.Number}";
        try
        {
            var queue = await Api.GetAsync<Page<Application>>(
                $"/api/applications?status={waiting}&limit=2",
                atMost: PedAttApi.Briefly
            );
            if (queue.Items.FirstOrDefault(one => one.Id != Id) is { } next)
                return SeeOther(Routes.Dossier(Part, next.Id).Desk + said);
        }
        catch (ApiProblemException problem) when (problem.Status is not 401)
        {
            // What was done is done: the list comes when it can.
        }
        return SeeOther(Part + said);
    }

    private async Task<(SubmissionData?, Portfolio?)> EarlierAsync(Application application)
    {
        if (application.History.Count(entry => entry.Action == "submit") < 2)
            return (null, null);
        var submissions = (
            await Api.GetAsync<Page<SubmissionData>>($"/api/applications/{Id}/submissions?limit=200")
        ).Items;
        if (submissions.Count < 2)
            return (null, null);
        var before = submissions[^2];
        return (before, await Api.GetAsync<Portfolio>($"/api/portfolios/{Id}?submission={before.Number}"));
    }
}
