namespace PedAtt.Web.Pages.Help;

[OpenPage]
public sealed class PrivacyModel : SitePage;
