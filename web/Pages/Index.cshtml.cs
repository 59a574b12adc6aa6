using Microsoft.AspNetCore.Mvc;

namespace PedAtt.Web.Pages;

/// <summary>The start page of a stranger; who is signed in is led to their work.</summary>
[OpenPage]
public sealed class IndexModel : SitePage
{
    public IActionResult OnGet() => Account is null ? Page() : Redirect(Navigation.HomeOf(Account));
}
