using System.Net;
using Microsoft.AspNetCore.Http.Features;
using PedAtt.Gateway.Sessions;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace PedAtt.Gateway.Proxy;

/// <summary>
/// How a request goes on to a service, what of it goes, and what becomes of a service that does not answer.
/// </summary>
public static class Forwarding
{
    /// <summary>Headers that only we may say to a service, or only a service to us.</summary>
    private static readonly string[] Ours =
    [
        "Cookie",
        Csrf.Header,
        "Forwarded",
        "X-Real-IP",
        "X-Original-Host",
        "Via",
        "Server",
        "X-Powered-By",
        "Set-Cookie",
    ];

    /// <summary>What a step of a resumable upload (tus) is sent as.</summary>
    private const string UploadPiece = "application/offset+octet-stream";

    private static readonly string[] OurPrefixes = ["X-Forwarded-", "X-PedAtt-"];

    public static void AddForwarding(this WebApplicationBuilder builder) =>
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(Routes.All, Routes.Clusters)
            .AddServiceDiscoveryDestinationResolver()
            .ConfigureHttpClient(
                (_, handler) =>
                {
                    handler.ConnectTimeout = TimeSpan.FromSeconds(3);
                    // An upload asks first (see ForwardRequest): long enough for a service under load to have judged
                    // the request.
                    handler.Expect100ContinueTimeout = TimeSpan.FromSeconds(5);
                    handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                }
            )
            .AddTransforms(transforms =>
            {
                transforms.UseDefaultForwarders = false;
                transforms.AddRequestTransform(ForwardRequest);
                transforms.AddResponseTransform(ForwardResponse);
            });

    public static void MapForwarding(this WebApplication app) =>
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(LimitBody);
            proxy.Use(TryOtherAddresses);
            proxy.UseLoadBalancing();
        });

    private static ValueTask ForwardRequest(RequestTransformContext context)
    {
        var (http, headers) = (context.HttpContext, context.ProxyRequest.Headers);
        foreach (var name in headers.Select(header => header.Key).Where(IsOurs).ToArray())
            headers.Remove(name);
        headers.TryAddWithoutValidation("X-Forwarded-For", ClientAddress.Of(http).ToString());
        headers.TryAddWithoutValidation("X-Forwarded-Proto", http.Request.Scheme);
        headers.TryAddWithoutValidation("X-Forwarded-Host", http.Request.Host.Value);
        if (http.Features.Get<BrowserSession>() is { } session)
            headers.Authorization = new("Bearer", session.AccessToken);
        if (Pages.Is(http))
        {
            if (Pages.CookiesFor(http) is { } cookies)
                headers.TryAddWithoutValidation("Cookie", cookies);
            if (http.Features.Get<BrowserSession>() is not null)
                headers.TryAddWithoutValidation(
                    PagesHeaders.Csrf,
                    CsrfToken.Mask(Csrf.TokenOf(http.Features.Get<CookieHolder>()!.Cookie))
                );
        }

        // Asking before sending lets a service refuse (404, 409, 413 …) before megabytes have crept over a village's
        // line.
        if (http.Request.HasFormContentType || http.Request.ContentType == UploadPiece)
            headers.ExpectContinue = true;
        return default;
    }

    private static async ValueTask ForwardResponse(ResponseTransformContext context)
    {
        var (http, answer) = (context.HttpContext, context.ProxyResponse);
        if (Pages.Is(http))
        {
            if (
                http.Response.Headers.Remove(PagesHeaders.SessionEnded)
                && http.Features.Get<BrowserSession>() is { } ended
            )
                await http.RequestServices.GetRequiredService<SessionGate>().EndAsync(http, ended);
            return;
        }
        foreach (var name in http.Response.Headers.Keys.Where(IsOurs).Where(name => name != "Set-Cookie").ToArray())
            http.Response.Headers.Remove(name);
        http.Response.Headers.Remove("Set-Cookie");
        if (answer?.StatusCode is HttpStatusCode.Unauthorized && http.Features.Get<BrowserSession>() is { } session)
        {
            context.SuppressResponseBody = true;
            await http.RequestServices.GetRequiredService<SessionGate>().AnswerUnauthorizedAsync(http, session, answer);
        }
    }

    private static bool IsOurs(string header) =>
        Ours.Contains(header, StringComparer.OrdinalIgnoreCase)
        || OurPrefixes.Any(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Says no by the length alone, before a byte is read; a body without a length is cut off by Kestrel.
    /// </summary>
    private static Task LimitBody(HttpContext http, RequestDelegate next)
    {
        var limit = http.GetReverseProxyFeature().Route.Config.MaxRequestBodySize;
        var body = http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>();
        if (!(http.Request.ContentLength > limit))
        {
            body.MaxRequestBodySize = limit;
            return next(http);
        }
        // Kestrel reads the rest for a few seconds before it hangs up: a client that only listens once it has sent
        // everything hears the reason, and not of a broken connection.
        body.MaxRequestBodySize = null;
        return ProblemWriter.WriteAsync(http, 413, SharedCodes.RequestTooLarge);
    }

    /// <summary>
    /// A request that cannot have reached a replica goes to the next one; a reading also where the replica fell silent
    /// over it. Anything else might have been done already, and only the caller (with its Idempotency-Key) may repeat
    /// it.
    /// </summary>
    private static async Task TryOtherAddresses(HttpContext http, RequestDelegate next)
    {
        var proxy = http.GetReverseProxyFeature();
        IReadOnlyList<DestinationState> left = proxy.AvailableDestinations;
        while (true)
        {
            proxy.AvailableDestinations = left;
            await next(http);
            if (http.GetForwarderErrorFeature() is not { } error || http.Response.HasStarted)
                return;
            left = [.. left.Where(destination => destination != proxy.ProxiedDestination)];
            if (left.Count == 0 || !MayGoElsewhere(http, error))
            {
                await RefuseAsync(http, error);
                return;
            }
            http.Features.Set<IForwarderErrorFeature>(null);
            http.Response.Clear();
        }
    }

    private static bool MayGoElsewhere(HttpContext http, IForwarderErrorFeature error) =>
        error switch
        {
            {
                Exception: HttpRequestException
                {
                    HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                }
            } => true,
            { Error: ForwarderError.Request } => HttpMethods.IsGet(http.Request.Method)
                || HttpMethods.IsHead(http.Request.Method),
            _ => false,
        };

    private static Task RefuseAsync(HttpContext http, IForwarderErrorFeature error)
    {
        if (http.RequestAborted.IsCancellationRequested)
            return Task.CompletedTask;
        http.Response.Clear();
        return error switch
        {
            _ when IsCutOff(error.Exception) => ProblemWriter.WriteAsync(http, 413, SharedCodes.RequestTooLarge),
            { Error: ForwarderError.RequestBodyClient } => ProblemWriter.WriteAsync(
                http,
                400,
                SharedCodes.RequestMalformed
            ),
            _ => ProblemWriter.WriteAsync(
                http,
                503,
                SharedCodes.ServiceUnavailable,
                retryAfter: TimeSpan.FromSeconds(2)
            ),
        };
    }

    private static bool IsCutOff(Exception? exception) =>
        exception switch
        {
            BadHttpRequestException bad => bad.StatusCode == 413,
            AggregateException several => several.InnerExceptions.Any(IsCutOff),
            _ => exception?.InnerException is { } inner && IsCutOff(inner),
        };
}
