namespace PedAtt.Web.Pages.Site;

/// <summary>A way to one of the site's parts; the count is of what waits there, unread or undone.</summary>
public sealed record NavigationItem(string Text, string Url, bool Current, int? Count);
