namespace PedAtt.Identity.SignIn;

/// <summary>
/// The limits on guessing a password. What fails is the pair of a login and an address, so that a stranger elsewhere
/// cannot lock a teacher out, and a school behind one address is not punished for one pupil's guesses at one login.
/// </summary>
public static class SlowingDown
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Failures of one login from one address before that pair waits.</summary>
    public const int PairLimit = 10;

    /// <summary>Failures of one login from all addresses before addresses it never signed in from wait.</summary>
    public const int LoginLimit = 100;

    /// <summary>An attempt that is not judged by then told nobody anything: its process died, or its caller went
    /// away.</summary>
    public static readonly TimeSpan Judging = TimeSpan.FromSeconds(10);

    /// <summary>How long an address that a login has signed in from is remembered.</summary>
    public static readonly TimeSpan AddressMemory = TimeSpan.FromDays(180);

    /// <summary>How long this attempt has to wait, or null: it may be tried.</summary>
    /// <param name="pair">When this pair failed, newest first.</param>
    /// <param name="login">When this login failed anywhere, newest first.</param>
    public static TimeSpan? Wait(
        IReadOnlyList<DateTimeOffset> pair,
        IReadOnlyList<DateTimeOffset> login,
        bool knownAddress,
        DateTimeOffset now
    )
    {
        var byPair = Until(pair, PairLimit, now);
        var byLogin = knownAddress ? null : Until(login, LoginLimit, now);
        return byPair > byLogin || byLogin is null ? byPair : byLogin;
    }

    private static TimeSpan? Until(IReadOnlyList<DateTimeOffset> failures, int limit, DateTimeOffset now)
    {
        if (failures.Count < limit)
            return null;
        var free = failures[limit - 1] + Window - now;
        return free > TimeSpan.Zero ? free : null;
    }
}
