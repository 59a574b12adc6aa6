using Microsoft.AspNetCore.Identity;

namespace PedAtt.Identity.People;

/// <summary>ASP.NET Core Identity keeps the accounts; what a login, a password and a person are is said by our own
/// rules.</summary>
public static class AccountOptions
{
    public static void Configure(IdentityOptions options)
    {
        options.User.AllowedUserNameCharacters = "";
        options.Lockout.AllowedForNewUsers = false;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 1;
        options.Password.RequiredLength = PasswordRules.Shortest;
    }
}
