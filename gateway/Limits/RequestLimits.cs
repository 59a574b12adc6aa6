using System.Threading.RateLimiting;
using PedAtt.Gateway.Proxy;
using PedAtt.Gateway.Sessions;

namespace PedAtt.Gateway.Limits;

/// <param name="Burst">How many at once after a quiet time.</param>
/// <param name="PerSecond">How many a second in the long run.</param>
public sealed record RequestLimit(int Burst, double PerSecond);

/// <summary>
/// How much one caller may ask: a person where signed in, else an address, which may be a whole school's. A caller that
/// sends 10,000 requests within a minute meets a limit whichever way they are spread: 3,000 at once and 50 a second
/// make 6,000. A teacher filling in a portfolio makes some hundred a minute. Counted by each replica for itself.
/// Section <c>RateLimits</c>.
/// </summary>
public static class RequestLimits
{
    private static readonly Dictionary<string, RequestLimit> Defaults = new()
    {
        ["User"] = new(3000, 50),
        // Nobody's own: a whole staff signs in, registers and looks at pages from one address on the opening day.
        ["Address"] = new(3000, 50),
        ["SignIn"] = new(600, 10),
        // A login cannot be guessed (60 random bits), so this only keeps the hashing of passwords from eating the
        // processor.
        ["Registration"] = new(600, 5),
        // Each may send a letter.
        ["Password"] = new(60, 0.5),
        ["Verify"] = new(120, 2),
    };

    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        var limits = Defaults.ToDictionary(
            pair => pair.Key,
            pair => new RequestLimit(
                builder.Configuration.GetValue($"RateLimits:{pair.Key}:Burst", pair.Value.Burst),
                builder.Configuration.GetValue($"RateLimits:{pair.Key}:PerSecond", pair.Value.PerSecond)
            )
        );
        builder.Services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            {
                // The answer is kept for a second, and who watches us must not be counted together with who attacks us.
                if (http.Request.Path.StartsWithSegments("/health"))
                    return RateLimitPartition.GetNoLimiter("health");
                var (name, caller) = Caller(http);
                return RateLimitPartition.GetTokenBucketLimiter($"{name} {caller}", _ => Bucket(limits[name]));
            });
            options.OnRejected = (context, _) =>
                new(
                    ProblemWriter.WriteAsync(
                        context.HttpContext,
                        429,
                        SharedCodes.TooManyRequests,
                        retryAfter: context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
                            ? wait
                            : TimeSpan.FromSeconds(1)
                    )
                );
        });
    }

    private static (string Name, string Caller) Caller(HttpContext http)
    {
        if (OpenCalls.Of(http.Request) is { } open)
            return (open, ClientAddress.Network(http));
        var user =
            http.Features.Get<CookieHolder>()?.Session?.UserId.ToString()
            ?? (http.User.Identity?.IsAuthenticated is true ? http.User.FindFirst("sub")?.Value : null);
        return user is null ? ("Address", ClientAddress.Network(http)) : ("User", user);
    }

    private static TokenBucketRateLimiterOptions Bucket(RequestLimit limit)
    {
        // The bucket holds whole tokens: a rate below one a second is one token in several seconds.
        var period = TimeSpan.FromSeconds(limit.PerSecond >= 1 ? 1 : 1 / limit.PerSecond);
        return new()
        {
            TokenLimit = limit.Burst,
            TokensPerPeriod = Math.Max(1, (int)limit.PerSecond),
            ReplenishmentPeriod = period,
            QueueLimit = 0,
        };
    }
}
