using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Access;

/// <summary>What the reader was told, the newest first.</summary>
public sealed class NotificationsModel : SitePage
{
    /// <summary>Who is told of which step, besides the teacher, and where they see the application.</summary>
    private static readonly (string Kind, string[] Roles, string Part)[] staff =
    [
        ("application.under-review", [Roles.Secretary], Routes.Review),
        ("application.withdrawn", [Roles.Secretary], Routes.Review),
        ("application.under-state-service-review", [Roles.Executor], Routes.Service),
        ("application.sent-to-commission", [Roles.CommissionChair], Routes.Commission),
    ];

    public Page<Notification> List { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var after = Request.Query["after"].ToString();
        List = await Api.GetAsync<Page<Notification>>(
            $"/api/notifications?limit=20{(after.Length > 0 ? $"&after={Uri.EscapeDataString(after)}" : "")}"
        );
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Request.Form["all"] == "true")
            await Api.PostAsync("/api/notifications/read-all");
        else if (Guid.TryParse(Request.Form["id"], out var id))
            await Api.PostAsync($"/api/notifications/{id}/read");
        var way = Request.Form["way"].ToString();
        return SeeOther(
            Request.Form["open"] == "true" && Url.IsLocalUrl(way) ? way : Routes.Notifications + Request.QueryString
        );
    }

    /// <summary>It is unread and asks the reader to do something.</summary>
    public bool Waits(Notification told) =>
        told.ReadAt is null
        && (
            told.Kind is "application.returned-for-revision" or "application.refused-by-state-service"
            || PartOf(told) is not null
        );

    /// <summary>Where the reader sees the application that it is about; null where nothing of theirs shows
    /// it.</summary>
    public string? WayTo(Notification told) =>
        PartOf(told) is { } part ? Routes.Dossier(part, told.ApplicationId).Desk
        : Me.Is(Roles.Teacher) ? Routes.Application(told.ApplicationId).Status
        : null;

    private string? PartOf(Notification told) =>
        staff.FirstOrDefault(row => row.Kind == told.Kind && row.Roles.Any(Me.Is)).Part;
}
