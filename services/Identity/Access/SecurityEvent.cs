using System.Net;
using System.Net.Sockets;

namespace PedAtt.Identity.Access;

/// <summary>What happened to an account, for its owner to read. Kept for half a year.</summary>
public sealed class SecurityEvent
{
    public const string SignedIn = "signed-in";
    public const string SignedInWithEds = "signed-in-with-eds";
    public const string SignInFailed = "sign-in-failed";
    public const string SignedOut = "signed-out";
    public const string RefreshReused = "refresh-reused";
    public const string PasswordReset = "password-reset";
    public const string EmailChangeAsked = "email-change-asked";
    public const string EmailChanged = "email-changed";
    public const string RolesChanged = "roles-changed";
    public const string Blocked = "blocked";
    public const string Unblocked = "unblocked";
    public const string Corrected = "corrected";
    public const string Closed = "closed";

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(180);

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid UserId { get; init; }

    public required string Kind { get; init; }

    /// <summary>From where, as a network: enough for its owner to know it again, and no more. Null: not by who holds
    /// the account.</summary>
    public string? Network { get; init; }

    public required DateTimeOffset At { get; init; }

    public static SecurityEvent Of(Guid userId, string kind, IPAddress? from, DateTimeOffset at) =>
        new()
        {
            UserId = userId,
            Kind = kind,
            Network = from is null ? null : NetworkOf(from),
            At = at,
        };

    /// <summary>The first three numbers of an IPv4 address, the first three groups of an IPv6 one.</summary>
    public static string NetworkOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? $"{bytes[0]}.{bytes[1]}.{bytes[2]}.0/24"
            : $"{new IPAddress([.. bytes[..6], .. new byte[10]])}/48";
    }
}
