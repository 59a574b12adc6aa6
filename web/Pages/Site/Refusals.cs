using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Site;

/// <summary>What becomes of a refusal of the API that the page has not shown itself: a sign-in, or a page in words that
/// keeps the form.</summary>
public sealed class Refusals(Reader reader, FormState form, Texts texts)
{
    /// <summary>The form was made for another session than its sender has now.</summary>
    public const string Expired = "problem.form-expired";

    /// <summary>The page's answer in the place of its own.</summary>
    public IActionResult Of(SitePage page, ApiProblemException problem)
    {
        var http = page.HttpContext;
        switch (problem.Status)
        {
            case 401:
                http.Response.Headers[PagesHeaders.SessionEnded] = "true";
                if (http.Request.HasFormContentType)
                    return View(page, "/Pages/Shared/_SignInAgain.cshtml", 401);
                return new RedirectResult(
                    $"{Routes.SignIn}?return={Uri.EscapeDataString(Address(http, without: "lang"))}{(reader.HasToken ? "&ended=true" : "")}"
                );
            case 404:
                return Say(page, 404, "problem.not-found");
            case 403:
                return Say(page, 403, problem.Detail is null ? "problem.not-allowed" : null, problem);
            default:
                return Say(page, problem.Status, problem.Detail is null ? "problem.unavailable" : null, problem);
        }
    }

    /// <summary>
    /// A page that says what is wrong and what to do, in the frame of all pages. A form that was sent is kept in it, to
    /// be sent once more, whatever the reason: its page cannot be made just now, or its sender has signed in anew.
    /// </summary>
    public ViewResult Say(SitePage page, int status, string? key, ApiProblemException? problem = null)
    {
        form.Refuse(key is null ? problem!.Title! : texts[key], key is null ? problem!.Detail : texts[$"{key}.do"]);
        var address = Address(page.HttpContext, without: "lang");
        page.ViewData["Again"] = address;
        // What is refused for good is kept only for the sake of what was written in it.
        var mayPass = status is 429 or >= 500 || key == Expired;
        if (
            page.Request.HasFormContentType
            && KeptForm.All(page.Request).ToList() is { Count: > 0 } fields
            && (mayPass || KeptForm.TextsOf(fields).Any())
        )
            page.ViewData["Kept"] = new KeptFormView(
                address,
                page.Request.Headers[PagesHeaders.Csrf].ToString(),
                fields,
                KeptForm.HasFiles(page.Request)
            );
        return View(page, "/Pages/Shared/_Refusal.cshtml", status);
    }

    private static ViewResult View(SitePage page, string name, int status) =>
        new()
        {
            ViewName = name,
            StatusCode = status,
            ViewData = new Microsoft.AspNetCore.Mvc.ViewFeatures.ViewDataDictionary<SitePage>(page.ViewData, page),
        };

    /// <summary>This page's address, without one of its parts.</summary>
    public static string Address(HttpContext http, string without)
    {
        var query = QueryString.Create(
            http.Request.Query.Where(pair => pair.Key != without)
                .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value))
        );
        return http.Request.Path + query;
    }
}
