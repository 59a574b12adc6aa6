using System.Net;
using System.Net.Http.Json;

namespace PedAtt.ServiceDefaults.Http;

/// <summary>
/// How services speak with each other: HTTP under /internal, which the gateway never routes, with a token that one
/// service made for one other service and that lives a minute.
/// </summary>
public static class InternalCalls
{
    /// <summary>The group takes only a token of a service, made for this one.</summary>
    public static RouteGroupBuilder MapInternal(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/internal").AllowAnonymous().ExcludeFromDescription();
        group.AddEndpointFilter(
            async (context, next) =>
            {
                var tokens = context.HttpContext.RequestServices.GetRequiredService<ServiceTokens>();
                if (!await tokens.IsValidAsync(context.HttpContext.Request.Headers.Authorization.ToString()))
                    throw Problem.With(401, SharedCodes.NotSignedIn);
                return await next(context);
            }
        );
        return group;
    }

    /// <summary>A typed client of another service's internal calls, each of which may be repeated.</summary>
    public static void AddInternalClient<TClient>(this IHostApplicationBuilder builder, string service)
        where TClient : class =>
        builder
            .Services.AddHttpClient<TClient>(client =>
            {
                client.BaseAddress = new Uri($"http://{service}/internal/");
                client.Timeout = TimeSpan.FromSeconds(20);
            })
            .AddHttpMessageHandler(services => new WithToken(service, services.GetRequiredService<ServiceTokens>()))
            .AddReplicas(mayRepeat: _ => true);

    /// <summary>The answer, or null for 404.</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public static async Task<TAnswer?> AskAsync<TAnswer>(this HttpClient http, string path, CancellationToken ct)
        where TAnswer : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync<TAnswer>(http, request, ct);
    }

    /// <inheritdoc cref="AskAsync{TAnswer}(HttpClient, string, CancellationToken)"/>
    public static async Task<TAnswer?> AskAsync<TQuestion, TAnswer>(
        this HttpClient http,
        string path,
        TQuestion question,
        CancellationToken ct
    )
        where TAnswer : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(question, options: Json.Options),
        };
        // A body with a length can be sent again to another replica.
        await request.Content.LoadIntoBufferAsync(ct);
        return await SendAsync<TAnswer>(http, request, ct);
    }

    private static async Task<TAnswer?> SendAsync<TAnswer>(
        HttpClient http,
        HttpRequestMessage request,
        CancellationToken ct
    )
        where TAnswer : class
    {
        try
        {
            using var response = await http.SendAsync(request, ct);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            if ((int)response.StatusCode >= 500)
                throw Problem.Unavailable();
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<TAnswer>(Json.Options, ct);
        }
        catch (Exception e)
            when (e is HttpRequestException { StatusCode: null } or TaskCanceledException && !ct.IsCancellationRequested
            )
        {
            throw Problem.Unavailable();
        }
    }

    private sealed class WithToken(string service, ServiceTokens tokens) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            request.Headers.Authorization = new("Bearer", tokens.For(service));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
