using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages;

/// <summary>
/// What every page stands on: the API, the texts, the form, and who reads it. A page is for the signed-in; one that anybody may open
/// is marked <see cref="OpenPageAttribute"/>.
/// </summary>
public abstract class SitePage : PageModel
{
    public PedAttApi Api => Service<PedAttApi>();

    public Texts T => Service<Texts>();

    public FormState Form => Service<FormState>();

    /// <summary>Who reads the page; on an open page perhaps nobody.</summary>
    public Account? Account { get; internal set; }

    public Account Me => Account ?? throw new InvalidOperationException("An open page has perhaps no account.");

    public Task<Reference> ReferenceAsync() => Service<CommonData>().ReferenceAsync(Api);

    public Task<Catalogue> CatalogueAsync() => Service<CommonData>().CatalogueAsync(Api);

    /// <summary>
    /// Does what the form asks for. What the API refuses is shown on the same page with everything typed in its place: false. Where
    /// the reader is not signed in any more, or the thing is gone, the page's usual answer is given instead.
    /// </summary>
    /// <param name="names">The names of the API's fields on the form, where they differ.</param>
    protected async Task<bool> TryAsync(Func<Task> call, IReadOnlyDictionary<string, string>? names = null)
    {
        try
        {
            await call();
            return true;
        }
        catch (ApiProblemException problem) when (problem.Status is not (401 or 404))
        {
            Show(problem, names);
            return false;
        }
    }

    protected void Show(ApiProblemException problem, IReadOnlyDictionary<string, string>? names = null)
    {
        Response.StatusCode = problem.Status is >= 400 and < 500 ? 422 : problem.Status;
        if (problem.Code == "idempotency.key-reused")
            Form.Renew();
        foreach (var (field, codes) in problem.Errors)
            foreach (var code in codes)
                Form.AddCode(names?.GetValueOrDefault(field) ?? field, code);
        if (problem.Errors.Count > 0)
            return;
        var (title, detail) = problem.Status >= 500 ? ("problem.unavailable", "problem.wait") : ("problem.title", "problem.detail");
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

    private T Service<T>() where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();
}

/// <summary>Anybody may open the page, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenPageAttribute : Attribute;

/// <summary>
/// Around every page: the reader, the language, the form's token, and what becomes of a refusal of the API that the page has not
/// shown itself.
/// </summary>
public sealed class PageFrame(Reader reader, PageLanguage language, FormState form, Texts texts, CommonData common) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.HandlerInstance is not SitePage page)
        {
            await next();
            return;
        }
        if (HttpMethods.IsPost(http.Request.Method) && !HasToken(http))
        {
            context.Result = Refusal(page, 403, "problem.form-expired");
            return;
        }
        // Asked for together with the account: each is a way through the gateway.
        var unread = reader.HasToken ? UnreadAsync(page.Api) : Task.FromResult(0);
        try
        {
            page.Account = await reader.AccountAsync();
            if (page.Account is { } known)
                language.Prefer(known.Language);
            var isOpen = page.GetType().IsDefined(typeof(OpenPageAttribute), inherit: true);
            if (page.Account is null && !isOpen)
                throw new ApiProblemException(401, "not-signed-in");

            await FurnishAsync(page, unread);

            // The choice of a language sends the form along, so that nothing typed is lost: the page is shown again, nothing is done.
            var wanted = HttpMethods.IsGet(http.Request.Method) ? http.Request.Query["lang"].ToString()
                : http.Request.HasFormContentType ? http.Request.Form["lang"].ToString() : "";
            if (Language.All.Contains(wanted))
            {
                language.Choose(wanted);
                if (HttpMethods.IsGet(http.Request.Method))
                {
                    context.Result = new RedirectResult(Address(http, without: "lang"));
                    return;
                }
                if (page is IFormPage shown)
                {
                    await shown.LoadAsync();
                    context.Result = page.Page();
                    return;
                }
            }
            var done = await next();
            if (done.Exception is ApiProblemException problem && !done.ExceptionHandled)
            {
                done.ExceptionHandled = true;
                done.Result = ResultOf(page, problem);
            }
        }
        catch (ApiProblemException problem)
        {
            context.Result = ResultOf(page, problem);
        }
    }

    /// <summary>What the frame of the page shows: the ways that the reader's roles open, and what is unread.</summary>
    private async Task FurnishAsync(SitePage page, Task<int> unread)
    {
        page.ViewData["HasForm"] = page is IFormPage;
        page.ViewData["TestProfile"] = await common.IsTestProfileAsync(page.Api);
        if (page.Account is not { } account || !HttpMethods.IsGet(page.Request.Method) && !HttpMethods.IsPost(page.Request.Method))
            return;
        page.ViewData["Navigation"] = Navigation.Of(account, texts, page.Request.Path, await unread);
        page.ViewData["Person"] = account.Name;
        page.ViewData["SignOut"] = "/session/end";
    }

    /// <summary>Notifications may lag, and a page does not fail for the sake of a number; who reads it the account says.</summary>
    private static async Task<int> UnreadAsync(PedAttApi api)
    {
        try
        {
            return (await api.GetAsync<Page<Notification>>("/api/notifications?unread=true&limit=99", atMost: PedAttApi.Briefly)).Items.Count;
        }
        catch (ApiProblemException)
        {
            return 0;
        }
    }

    private IActionResult ResultOf(SitePage page, ApiProblemException problem)
    {
        var http = page.HttpContext;
        switch (problem.Status)
        {
            case 401:
                http.Response.Headers[PagesHeaders.SessionEnded] = "true";
                if (http.Request.HasFormContentType)
                    return View(page, "/Pages/Shared/_SignInAgain.cshtml", 401);
                return new RedirectResult(
                    $"/sign-in?return={Uri.EscapeDataString(Address(http, without: "lang"))}{(reader.HasToken ? "&ended=true" : "")}");
            case 404:
                return Refusal(page, 404, "problem.not-found");
            case 403:
                return Refusal(page, 403, problem.Detail is null ? "problem.not-allowed" : null, problem);
            default:
                return Refusal(page, problem.Status, problem.Detail is null ? "problem.unavailable" : null, problem);
        }
    }

    /// <summary>
    /// A page that says what is wrong and what to do, in the frame of all pages. A form that could not even be read again, because what
    /// its page is made of is away just now, is kept in it, to be sent once more.
    /// </summary>
    private ViewResult Refusal(SitePage page, int status, string? key, ApiProblemException? problem = null)
    {
        form.Refuse(
            key is null ? problem!.Title! : texts[key],
            key is null ? problem!.Detail : texts[$"{key}.do"]);
        page.ViewData["SendAgain"] = status is 429 or >= 500 && page.Request.HasFormContentType;
        page.ViewData["Again"] = Address(page.HttpContext, without: "lang");
        return View(page, "/Pages/Shared/_Refusal.cshtml", status);
    }

    private static ViewResult View(SitePage page, string name, int status) => new()
    {
        ViewName = name,
        StatusCode = status,
        ViewData = new Microsoft.AspNetCore.Mvc.ViewFeatures.ViewDataDictionary<SitePage>(page.ViewData, page),
    };

    /// <summary>The gateway's token must stand in every form of who is signed in; a form without a session has none.</summary>
    private static bool HasToken(HttpContext http) =>
        http.Request.Headers[PagesHeaders.Csrf].ToString() is not { Length: > 0 } expected
        || (http.Request.HasFormContentType && CsrfToken.Match(http.Request.Form[CsrfToken.Field].ToString(), expected));

    private static string Address(HttpContext http, string without)
    {
        var query = QueryString.Create(http.Request.Query.Where(pair => pair.Key != without)
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value)));
        return http.Request.Path + query;
    }
}

/// <summary>A page with a form: it can be shown again, with what was typed, without doing anything.</summary>
public interface IFormPage
{
    Task LoadAsync();
}
