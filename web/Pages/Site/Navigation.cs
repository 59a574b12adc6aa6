using PedAtt.Web.Api;
using PedAtt.Web.Pages.Shared;

namespace PedAtt.Web.Pages.Site;

/// <summary>The parts of the site that the reader's roles open, in the order of an application's road.</summary>
public static class Navigation
{
    private static readonly (string[] Roles, string Url)[] Parts =
    [
        ([Roles.Teacher], Routes.Applications),
        ([Roles.Secretary], Routes.Review),
        ([Roles.Executor], Routes.Service),
        ([Roles.CommissionChair, Roles.CommissionMember], Routes.Commission),
        ([Roles.Administrator], Routes.Administration),
    ];

    /// <summary>Where the reader's work lies: what they are led to after signing in.</summary>
    public static string HomeOf(Account account) =>
        Parts.Where(part => part.Roles.Any(account.Is)).Select(part => part.Url).FirstOrDefault() ?? Routes.Profile;

    public static IReadOnlyList<NavigationItem> Of(Account account, Texts texts, PathString path, int unread)
    {
        return
        [
            .. Parts.Where(part => part.Roles.Any(account.Is)).Select(part => Item(part.Url, null)),
            Item(Routes.Notifications, unread),
            Item(Routes.Profile, null),
        ];

        NavigationItem Item(string url, int? count) =>
            new(texts[$"navigation.{url[1..]}"], url, path.StartsWithSegments(url), count);
    }
}
