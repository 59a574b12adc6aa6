using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Web.Api;

/// <summary>
/// The public API, asked through the gateway as any other front end asks it, with the rights of who reads the page: the
/// gateway put their token on the request that we answer. What the API refuses is an <see cref="ApiProblemException"/>.
/// </summary>
public sealed class PedAttApi(
    HttpClient http,
    IHttpContextAccessor contexts,
    PageLanguage language,
    ServiceTokens tokens
)
{
    /// <summary>How long a page waits for what it could do without.</summary>
    public static readonly TimeSpan Briefly = TimeSpan.FromSeconds(5);

    /// <summary>How long somebody waits for a page to open; what they send may take its time.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    public static void Add(IHostApplicationBuilder builder) =>
        builder
            .Services.AddHttpClient<PedAttApi>(client =>
            {
                client.BaseAddress = new Uri("http://gateway");
                client.Timeout = TimeSpan.FromSeconds(60);
            })
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    ConnectTimeout = TimeSpan.FromSeconds(3),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                    UseCookies = false,
                    AllowAutoRedirect = false,
                }
            )
            .AddServiceDiscovery();

    /// <param name="cookie">Of a session that has just begun, for which the gateway gave us no token yet.</param>
    /// <param name="atMost">How long the answer is worth waiting for.</param>
    public async Task<T> GetAsync<T>(string path, string? cookie = null, TimeSpan? atMost = null)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, cookie: cookie, atMost: atMost);
        return await ReadAsync<T>(answer);
    }

    /// <summary>Null where there is no such thing, or it is not to be seen.</summary>
    public async Task<T?> FindAsync<T>(string path)
        where T : class
    {
        try
        {
            return await GetAsync<T>(path);
        }
        catch (ApiProblemException problem) when (problem.Status == 404)
        {
            return null;
        }
    }

    /// <param name="key">Of a form that makes something new: however often it is sent, it makes it once.</param>
    public async Task<T> PostAsync<T>(string path, object? body = null, string? key = null)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, Content(body), key: key);
        return await ReadAsync<T>(answer);
    }

    public async Task PostAsync(string path, object? body = null) =>
        (await SendAsync(HttpMethod.Post, path, Content(body))).Dispose();

    /// <param name="version">What the form was made from, where the call asks for it (If-Match).</param>
    public async Task<T> PutAsync<T>(string path, object? body, int? version = null)
    {
        using var answer = await SendAsync(HttpMethod.Put, path, Content(body), version);
        return await ReadAsync<T>(answer);
    }

    public async Task<T> PatchAsync<T>(string path, object? body)
    {
        using var answer = await SendAsync(HttpMethod.Patch, path, Content(body));
        return await ReadAsync<T>(answer);
    }

    public async Task DeleteAsync(string path) => (await SendAsync(HttpMethod.Delete, path)).Dispose();

    /// <summary>
    /// A call as it is, for what the shorter ones do not cover; the caller disposes of the answer.
    /// </summary>
    /// <exception cref="ApiProblemException">Every answer that is no success, and no answer at all (503).</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content = null,
        int? version = null,
        string? cookie = null,
        string? key = null,
        TimeSpan? atMost = null
    )
    {
        var context = contexts.HttpContext!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (method == HttpMethod.Get)
            limit.CancelAfter(atMost ?? patience);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        else if (
            context.Request.Headers.Authorization is [{ } token]
            && AuthenticationHeaderValue.TryParse(token, out var authorization)
        )
            request.Headers.Authorization = authorization;
        request.Headers.Add("Accept-Language", language.Code);
        if (version is { } number)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{number}\"");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        // Limits count the person behind the page, not the page.
        request.Headers.Add(PagesHeaders.Proof, tokens.For("gateway"));
        request.Headers.Add("X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString() ?? "");
        request.Headers.Add("X-Forwarded-Proto", context.Request.Scheme);
        request.Headers.Add(
            "X-Forwarded-Host",
            context.Request.Headers["X-Forwarded-Host"].FirstOrDefault() ?? context.Request.Host.Value
        );
        try
        {
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
                throw await ApiProblemException.OfAsync(answer);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException
                || (e is OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
            )
        {
            throw new ApiProblemException(503, "service.unavailable");
        }
    }

    private static JsonContent Content(object? body) => JsonContent.Create(body ?? new { }, options: Json.Options);

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<T>(Json.Options))
        ?? throw new InvalidOperationException($"An empty answer where a {typeof(T).Name} was promised.");
}

/// <summary>What the API refused, in its own words and in the reader's language.</summary>
public sealed class ApiProblemException(int status, string code) : Exception(code)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Title { get; private init; }

    public string? Detail { get; private init; }

    public string? TraceId { get; private init; }

    /// <summary>Of a validation problem: codes by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; private init; } = new Dictionary<string, string[]>();

    /// <summary>The whole problem, for the facts that some codes have (<c>missing</c>, <c>blocks</c>).</summary>
    public JsonElement Body { get; private init; }

    public IReadOnlyList<string> List(string fact) =>
        Body.ValueKind == JsonValueKind.Object
        && Body.TryGetProperty(fact, out var list)
        && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(one => one.GetString()!)]
            : [];

    public static async Task<ApiProblemException> OfAsync(HttpResponseMessage answer)
    {
        try
        {
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return new((int)answer.StatusCode, Text("code") ?? "internal")
            {
                Title = Text("title"),
                Detail = Text("detail"),
                TraceId = Text("traceId"),
                Errors = body.TryGetProperty("errors", out var errors)
                    ? errors.Deserialize<Dictionary<string, string[]>>()!
                    : [],
                Body = body.Clone(),
            };

            string? Text(string name) => body.TryGetProperty(name, out var text) ? text.GetString() : null;
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or HttpRequestException or IOException)
        {
            return new((int)answer.StatusCode, answer.StatusCode is HttpStatusCode.NotFound ? "not-found" : "internal");
        }
    }
}
