using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Site;

/// <summary>
/// Around every page: the reader, the language, the form's token, and what becomes of a refusal of the API that the
/// page has not shown itself.
/// </summary>
public sealed class PageFrame(
    PedAttApi api,
    Reader reader,
    PageLanguage language,
    FormState form,
    Refusals refusals,
    Texts texts,
    CommonData common,
    TimeProvider clock
) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        var http = context.HttpContext;
        if (context.HandlerInstance is not SitePage page)
        {
            await next();
            return;
        }
        page.Give(api, texts, form, common, clock);
        await CleanAsync(http);
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

            var isPost = HttpMethods.IsPost(http.Request.Method);
            var isExpired = isPost && !isOpen && !HasToken(http);

            // The choice of a language sends the form along, so that nothing typed is lost: the page is shown again,
            // nothing is done.
            var wanted =
                HttpMethods.IsGet(http.Request.Method) ? http.Request.Query["lang"].ToString()
                : http.Request.HasFormContentType ? http.Request.Form["lang"].ToString()
                : "";
            var isChoice = Language.All.Contains(wanted) && !isExpired;
            if (isChoice)
                await ChooseAsync(page, wanted);
            if (isChoice && !isPost)
            {
                context.Result = new RedirectResult(Refusals.Address(http, without: "lang"));
                return;
            }
            await FurnishAsync(page, unread);
            if (isExpired)
            {
                context.Result = refusals.Say(page, 403, Refusals.Expired);
                return;
            }
            if (isChoice && page is IFormPage shown)
            {
                await shown.LoadAsync();
                context.Result = page.Page();
                return;
            }
            var done = await next();
            if (done.Exception is ApiProblemException problem && !done.ExceptionHandled)
            {
                done.ExceptionHandled = true;
                done.Result = refusals.Of(page, problem);
            }
            if (done.Result is PageResult or ViewResult)
                AnswerTurbo(http);
        }
        catch (ApiProblemException problem)
        {
            context.Result = refusals.Of(page, problem);
        }
    }

    /// <summary>All pages read what was typed in one way.</summary>
    private static async Task CleanAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return;
        try
        {
            http.Request.Form = FormText.Clean(await http.Request.ReadFormAsync(http.RequestAborted));
        }
        catch (InvalidDataException)
        {
            // No form of ours has so many fields, or such.
            throw Problem.With(400, "request.malformed");
        }
    }

    /// <summary>For this browser, and in the reader's account, so that it is the same after the next sign-in
    /// anywhere.</summary>
    private async Task ChooseAsync(SitePage page, string wanted)
    {
        language.Choose(wanted);
        if (page.Account is null || page.Account.Language == wanted)
            return;
        try
        {
            using var _ = await page.Api.SendAsync(
                HttpMethod.Patch,
                "/api/identity/me",
                JsonContent.Create(new { language = wanted }),
                atMost: PedAttApi.Briefly
            );
        }
        catch (ApiProblemException)
        {
            // The choice stands in this browser at any rate.
        }
    }

    /// <summary>
    /// Turbo shows a page that answers a form only where its status says that nothing was done; 200 it throws away, and
    /// with it what was typed. One rule for all pages: they need not know who sends their forms.
    /// </summary>
    private static void AnswerTurbo(HttpContext http)
    {
        if (
            HttpMethods.IsPost(http.Request.Method)
            && http.Response.StatusCode == 200
            && http.Request.Headers.Accept.ToString().Contains("turbo-stream", StringComparison.Ordinal)
        )
            http.Response.StatusCode = 422;
    }

    /// <summary>What the frame of the page shows: the ways that the reader's roles open, and what is unread.</summary>
    private async Task FurnishAsync(SitePage page, Task<int> unread)
    {
        page.ViewData["HasForm"] = page is IFormPage;
        page.ViewData["TestProfile"] = await common.IsTestProfileAsync(page.Api);
        if (
            page.Account is not { } account
            || !HttpMethods.IsGet(page.Request.Method) && !HttpMethods.IsPost(page.Request.Method)
        )
            return;
        page.ViewData["Navigation"] = Navigation.Of(account, texts, page.Request.Path, await unread);
        page.ViewData["Person"] = account.Name;
        page.ViewData["SignOut"] = "/session/end";
    }

    /// <summary>Notifications may lag, and a page does not fail for the sake of a number; who reads it the account
    /// says.</summary>
    private static async Task<int> UnreadAsync(PedAttApi api)
    {
        try
        {
            return (
                await api.GetAsync<Page<Notification>>(
                    "/api/notifications?unread=true&limit=99",
                    atMost: PedAttApi.Briefly
                )
            )
                .Items
                .Count;
        }
        catch (ApiProblemException)
        {
            return 0;
        }
    }

    /// <summary>
    /// The gateway's token must stand in every form that is sent with somebody's rights; an open page asks for none,
    /// since it does nothing with them, and the gateway lets no other site's form through.
    /// </summary>
    private static bool HasToken(HttpContext http) =>
        http.Request.Headers[PagesHeaders.Csrf].ToString() is not { Length: > 0 } expected
        || (
            http.Request.HasFormContentType && CsrfToken.Match(http.Request.Form[CsrfToken.Field].ToString(), expected)
        );
}
