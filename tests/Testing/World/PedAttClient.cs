using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Testing.World;

/// <summary>A file to be sent, under the name that its sender gives it.</summary>
public sealed record Upload(string Name, byte[] Content, string ContentType = "application/octet-stream");

/// <summary>
/// One person's program, speaking to the gateway with a bearer token. A patient one does what a good program does where
/// the servers come and go: it repeats each call, a POST under one Idempotency-Key, until it knows the answer.
/// </summary>
public class PedAttClient(Uri gateway, bool patient = false) : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(4);
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = gateway,
        Timeout = TimeSpan.FromSeconds(patient ? 20 : 60),
    };

    /// <summary>An access token lives ten minutes; a program that works for longer fetches a fresh one in
    /// time.</summary>
    private static readonly TimeSpan fresh = TimeSpan.FromMinutes(8);

    private (string Login, string Password)? credentials;
    private long? signedInAt;

    public Uri Gateway => gateway;

    public string Login => credentials?.Login ?? throw new InvalidOperationException("Nobody signed in here.");

    public Tokens? Tokens { get; private set; }

    public async Task SignInAsync(string login, string password)
    {
        credentials = (login, password);
        signedInAt = null;
        var answer = await CallAsync(HttpMethod.Post, "/api/identity/tokens", new { login, password });
        Tokens = answer.Expect(200).As<Tokens>();
        http.DefaultRequestHeaders.Authorization = new("Bearer", Tokens.AccessToken);
        signedInAt = Stopwatch.GetTimestamp();
    }

    public void UseToken(string? accessToken)
    {
        http.DefaultRequestHeaders.Authorization = accessToken is null ? null : new("Bearer", accessToken);
        signedInAt = null;
    }

    public void Accept(string language) => http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

    public async Task<T> GetAsync<T>(string path) => (await CallAsync(HttpMethod.Get, path)).Expect(200).As<T>();

    public Task<Answer> GetAsync(string path) => CallAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, object? body = null, string? key = null) =>
        CallAsync(HttpMethod.Post, path, body, key: key);

    public Task<Answer> PutAsync(string path, object? body, string? ifMatch = null) =>
        CallAsync(HttpMethod.Put, path, body, ifMatch);

    public Task<Answer> PutAsync(string path, object? body, int version) =>
        CallAsync(HttpMethod.Put, path, body, $"\"{version}\"");

    public Task<Answer> DeleteAsync(string path) => CallAsync(HttpMethod.Delete, path);

    public Task<Answer> CallAsync(
        HttpMethod method,
        string path,
        object? body = null,
        string? ifMatch = null,
        string? key = null
    )
    {
        key ??= patient && method == HttpMethod.Post ? Guid.NewGuid().ToString() : null;
        return SendAsync(() =>
        {
            var request = Request(method, path, ifMatch, key);
            request.Content = body switch
            {
                null => null,
                HttpContent content => content,
                _ => JsonContent.Create(body, options: json),
            };
            return request;
        });
    }

    /// <summary>Sends a form with files; <paramref name="fields"/> go as its JSON part.</summary>
    public Task<Answer> UploadAsync(
        HttpMethod method,
        string path,
        object? fields,
        IReadOnlyList<Upload> files,
        int? version = null,
        string? key = null
    )
    {
        key ??= patient && method == HttpMethod.Post ? Guid.NewGuid().ToString() : null;
        return SendAsync(() =>
        {
            var request = Request(method, path, version is null ? null : $"\"{version}\"", key);
            var form = new MultipartFormDataContent();
            if (fields is not null)
                form.Add(JsonContent.Create(fields, options: json), "fields");
            foreach (var file in files)
            {
                var part = new ByteArrayContent(file.Content);
                part.Headers.ContentType = MediaTypeHeaderValue.Parse(file.ContentType);
                form.Add(part, "file", file.Name);
            }
            request.Content = form;
            return request;
        });
    }

    public async Task<Answer> SendAsync(Func<HttpRequestMessage> make)
    {
        if (signedInAt is { } since && Stopwatch.GetElapsedTime(since) > fresh)
            await SignInAsync(credentials!.Value.Login, credentials.Value.Password);
        for (var until = Stopwatch.GetTimestamp() + (long)(patience.TotalSeconds * Stopwatch.Frequency); ; )
        {
            var last = Stopwatch.GetTimestamp() > until;
            try
            {
                using var request = make();
                using var response = await http.SendAsync(request);
                var answer = new Answer(
                    (int)response.StatusCode,
                    await response.Content.ReadAsByteArrayAsync(),
                    response.Headers,
                    response.Content.Headers,
                    $"{request.Method} {request.RequestUri}"
                );
                if (!patient || last || !IsPassing(answer))
                    return answer;
                if (answer.Status == 401)
                    await SignInAsync(credentials!.Value.Login, credentials.Value.Password);
            }
            catch (Exception failed)
                when (patient && !last && failed is HttpRequestException or IOException or OperationCanceledException)
            { }
            await Task.Delay(250);
        }
    }

    /// <summary>An answer that the same call may get otherwise in a moment: a server is away, or still busy with this
    /// very call.</summary>
    private bool IsPassing(Answer answer) =>
        answer.Status >= 500
        || answer.Status == (int)HttpStatusCode.TooManyRequests
        || (
            answer.Status == 401
            && credentials is not null
            && Tokens is not null
            && answer.Code is "not-signed-in" or "session.ended"
        )
        || answer.Code == "idempotency.in-progress";

    private static HttpRequestMessage Request(HttpMethod method, string path, string? ifMatch, string? key)
    {
        var request = new HttpRequestMessage(method, path);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    public void Dispose() => http.Dispose();
}
