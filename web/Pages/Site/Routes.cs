namespace PedAtt.Web.Pages.Site;

/// <summary>
/// The addresses of the pages: whoever leads somewhere names the page, not its path. A test compares them with what the
/// pages answer to.
/// </summary>
public static class Routes
{
    public const string Start = "/";
    public const string SignIn = "/sign-in";
    public const string SignInWithEds = "/sign-in/eds";
    public const string Register = "/register";
    public const string ForgotPassword = "/password/forgot";
    public const string ResetPassword = "/password/reset";
    public const string Needed = "/needed";
    public const string Help = "/help";
    public const string Privacy = "/privacy";
    public const string Profile = "/profile";
    public const string Contacts = "/profile/contacts";
    public const string Letters = "/profile/letters";
    public const string Notifications = "/notifications";

    public const string Applications = "/applications";
    public const string NewApplication = "/applications/new";

    public const string Review = "/review";
    public const string Service = "/service";
    public const string ServiceMany = "/service/sign";
    public const string Commission = "/commission";

    public const string Administration = "/administration";
    public const string Users = "/administration/users";
    public const string NewLogin = "/administration/logins/new";
    public const string ImportLogins = "/administration/logins/import";
    public const string FailedLetters = "/administration/letters";
    public const string Organisations = "/administration/organisations";

    public static ApplicationRoutes Application(Guid id) => new($"{Applications}/{id}");

    /// <param name="part">The part of the site whose staff reads it: <see cref="Review"/>, <see cref="Service"/>,
    /// <see cref="Commission"/>.</param>
    public static DossierRoutes Dossier(string part, Guid application) => new($"{part}/{application}");

    public static UserRoutes User(Guid id) => new($"{Users}/{id}");

    public static string Organisation(Guid id) => $"{Organisations}/{id}";

    public static string EditOrganisation(Guid id) => $"{Organisations}/{id}/edit";

    public static string AddOrganisation(Guid under) => $"{Organisations}/{under}/new";
}

/// <summary>The pages of one application, for its teacher.</summary>
public sealed record ApplicationRoutes(string Status)
{
    public string Edit => $"{Status}/edit";

    public string Portfolio => $"{Status}/portfolio";

    public string IdentityCard => $"{Status}/identity-card";

    public string Photo => $"{Status}/photo";

    public string Check => $"{Status}/check";

    public string Sign => $"{Status}/sign";

    public string Send => $"{Status}/send";

    public string Sent => $"{Status}/sent";

    public string Delete => $"{Status}/delete";

    public string Block(string key) => $"{Portfolio}/{key}";

    public string NewEntry(string block) => $"{Block(block)}/new";

    public string Entry(string block, Guid id) => $"{Block(block)}/{id}";

    public string DeleteEntry(string block, Guid id) => $"{Entry(block, id)}/delete";
}

/// <summary>The pages of one application, for the staff of one part of the road.</summary>
public sealed record DossierRoutes(string Desk)
{
    public string Whole => $"{Desk}?block=none";

    public string Return => $"{Desk}/return";

    public string Forward => $"{Desk}/forward";

    public string Refusal => $"{Desk}/refusal";

    public string Sign => $"{Desk}/sign";

    public string Answer => $"{Desk}/answer";

    public string Send => $"{Desk}/send";

    public string Decide => $"{Desk}/decide";

    public string Block(string key) => $"{Desk}?block={Uri.EscapeDataString(key)}";

    public string Document(Guid id) => $"{Desk}?document={id}";
}

/// <summary>The pages of one person, for an administrator.</summary>
public sealed record UserRoutes(string Person)
{
    public string AddRole => $"{Person}/role";

    public string Roles => $"{Person}/roles";

    public string Block => $"{Person}/block";
}
