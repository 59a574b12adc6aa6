using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Site;

/// <summary>
/// What every page stands on: the API, the texts, the form, and who reads it. A page is for the signed-in; one that
/// anybody may open is marked <see cref="OpenPageAttribute"/>.
/// </summary>
public abstract class SitePage : PageModel
{
    private CommonData common = null!;
    private TimeProvider clock = null!;

    public PedAttApi Api { get; private set; } = null!;

    public Texts T { get; private set; } = null!;

    public FormState Form { get; private set; } = null!;

    /// <summary>When the page was asked for.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => Almaty.Date(Now);

    /// <summary>Who reads the page; on an open page perhaps nobody.</summary>
    public Account? Account { get; internal set; }

    public Account Me => Account ?? throw new InvalidOperationException("An open page has perhaps no account.");

    public Task<Reference> ReferenceAsync() => common.ReferenceAsync(Api);

    public Task<Catalogue> CatalogueAsync() => common.CatalogueAsync(Api);

    /// <summary>
    /// Does what the form asks for. What the API refuses is shown on the same page with everything typed in its place:
    /// false. Where the reader is not signed in any more, or the thing is gone, the page's usual answer is given
    /// instead.
    /// </summary>
    /// <param name="names">The names of the API's fields on the form, where they differ.</param>
    /// <param name="but">Fields of which the page has already said what is wrong.</param>
    protected async Task<bool> TryAsync(
        Func<Task> call,
        IReadOnlyDictionary<string, string>? names = null,
        IReadOnlySet<string>? but = null
    )
    {
        try
        {
            await call();
            return true;
        }
        catch (ApiProblemException problem) when (problem.Status is not (401 or 404))
        {
            Show(problem, names, but);
            return false;
        }
    }

    protected void Show(
        ApiProblemException problem,
        IReadOnlyDictionary<string, string>? names = null,
        IReadOnlySet<string>? but = null
    )
    {
        Response.StatusCode = problem.Status is >= 400 and < 500 ? 422 : problem.Status;
        if (problem.Code == "idempotency.key-reused")
            Form.Renew();
        foreach (var (field, codes) in problem.Errors.Where(error => but?.Contains(error.Key) != true))
        foreach (var code in codes)
            Form.AddCode(names?.GetValueOrDefault(field) ?? field, code);
        if (problem.Errors.Count > 0)
            return;
        var (title, detail) =
            problem.Status >= 500 ? ("problem.unavailable", "problem.wait") : ("problem.title", "problem.detail");
        Form.Refuse(problem.Title ?? T[title], problem.Detail ?? T[detail]);
    }

    /// <summary>After a change: to a page of ours, by GET, so that nothing is sent twice (303).</summary>
    protected IActionResult SeeOther(string path)
    {
        Response.Headers.Location = path;
        return new StatusCodeResult(StatusCodes.Status303SeeOther);
    }

    /// <summary>The page again, as it was sent, with what is wrong with it (422, as Turbo wants it).</summary>
    protected IActionResult Again()
    {
        if (Response.StatusCode == 200)
            Response.StatusCode = 422;
        return Page();
    }

    /// <summary>What the page works with, given by <see cref="PageFrame"/> before anything of it runs.</summary>
    internal void Give(PedAttApi api, Texts texts, FormState form, CommonData data, TimeProvider time) =>
        (Api, T, Form, common, clock) = (api, texts, form, data, time);
}

/// <summary>Anybody may open the page, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenPageAttribute : Attribute;

/// <summary>A page with a form: it can be shown again, with what was typed, without doing anything.</summary>
public interface IFormPage
{
    Task LoadAsync();
}
