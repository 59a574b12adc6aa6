namespace PedAtt.Identity.Tokens;

/// <summary>How long a sign-in and its tokens live.</summary>
public static class SessionRules
{
    public static readonly TimeSpan AccessToken = TimeSpan.FromMinutes(10);

    /// <summary>A sign-in that is not used for so long has ended.</summary>
    public static readonly TimeSpan RefreshToken = TimeSpan.FromDays(14);

    /// <summary>However busy, a sign-in ends then.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>A refresh token used twice within this time was two tabs or a lost answer, not a thief.</summary>
    public static readonly TimeSpan ReuseGrace = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan IssuedLogin = TimeSpan.FromDays(60);

    /// <summary>A text to sign in with by ЭЦП: time to choose a key and to type its password.</summary>
    public static readonly TimeSpan Challenge = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan ResetCode = TimeSpan.FromMinutes(30);
}
