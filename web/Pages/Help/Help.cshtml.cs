namespace PedAtt.Web.Pages.Help;

[OpenPage]
public sealed class HelpModel : SitePage;
