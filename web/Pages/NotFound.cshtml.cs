using PedAtt.Web.Api;

namespace PedAtt.Web.Pages;

/// <summary>Every address that is no page.</summary>
[OpenPage]
public sealed class NotFoundModel : SitePage
{
    public void OnGet() => throw new ApiProblemException(404, "not-found");

    public void OnPost() => OnGet();
}
