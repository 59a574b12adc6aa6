using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace PedAtt.ServiceDefaults.Http;

/// <summary>
/// A client's <c>http://portfolio</c> is whatever <c>services:portfolio:http:0</c> to n say, as Aspire hands them out;
/// where they say nothing it is a name of the network.
/// </summary>
public static class Replicas
{
    /// <summary>Spreads the calls over the replicas, and goes on to the next one, a few times within two seconds, when
    /// one is lost.</summary>
    /// <param name="mayRepeat">Whether the call may be made again. What was answered, however badly, is never asked
    /// again.</param>
    public static void AddReplicas(this IHttpClientBuilder client, Func<HttpRequestException, bool> mayRepeat)
    {
        client.UseSocketsHttpHandler(
            (handler, _) =>
            {
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                handler.ConnectTimeout = TimeSpan.FromSeconds(2);
                handler.UseCookies = false;
                handler.AllowAutoRedirect = false;
            }
        );
        client.AddResilienceHandler(
            "replicas",
            calls =>
                calls.AddRetry(
                    new HttpRetryStrategyOptions
                    {
                        MaxRetryAttempts = 5,
                        Delay = TimeSpan.FromMilliseconds(50),
                        BackoffType = DelayBackoffType.Exponential,
                        ShouldHandle = call =>
                            ValueTask.FromResult(
                                call.Outcome.Exception is HttpRequestException lost && mayRepeat(lost)
                            ),
                    }
                )
        );
        // Inside the repeating: each attempt asks for the next address.
        client.AddServiceDiscovery();
    }

    /// <summary>Whether no replica can have heard of the call.</summary>
    public static bool WasNotReached(HttpRequestException lost) =>
        lost.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
}
