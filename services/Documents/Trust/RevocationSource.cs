using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using PedAtt.Eds;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Revocation;

namespace PedAtt.Documents.Trust;

/// <summary>
/// Fetches answers about revocation from the configured addresses: OCSP for the certificate, lists for the authorities
/// above it and for itself where no responder knew it. Nothing that comes back is believed here: Eds checks whose word
/// it is.
/// </summary>
public sealed partial class RevocationSource(
    IHttpClientFactory clients,
    RevocationSettings settings,
    TimeProvider clock,
    ILogger<RevocationSource> log
)
{
    public const string Client = "revocation";

    private const int LargestAnswer = 64 << 10;
    private const int LargestList = 64 << 20;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ListTime = TimeSpan.FromSeconds(60);

    /// <summary>How long a list is kept, even where it promises to hold for longer; and how long a server that failed
    /// is left alone.</summary>
    private static readonly TimeSpan ListAge = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Uri, Lazy<Task<KnownList>>> lists = new();

    /// <summary>Redirects are not followed: they lead where nobody looked.</summary>
    public static void AddClient(IServiceCollection services) =>
        services
            .AddHttpClient(Client, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    ConnectTimeout = TimeSpan.FromSeconds(2),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                }
            );

    /// <param name="chain">The certificate first, the anchor last.</param>
    public async Task<RevocationEvidence> AskAsync(IReadOnlyList<Certificate> chain, CancellationToken ct)
    {
        if (chain.Count < 2)
            return RevocationEvidence.None;
        var nonce = RandomNumberGenerator.GetBytes(16);
        var answers = await Task.WhenAll(
            settings.Ocsp.Select(address => AskResponderAsync(address, chain[0], chain[1], nonce, ct))
        );
        var answered = answers
            .Where(answer => answer is not null)
            .Select(answer => (ReadOnlyMemory<byte>)answer!)
            .ToList();
        var known = answered.Exists(answer => Knows(answer, chain[0], chain[1]));
        var fetched = await Task.WhenAll(settings.Crls.Select(address => ListAsync(address, ct)));
        // The lists of those who issued somebody in the chain; the certificate's own issuer's is large, and needless
        // beside an answer.
        var issuers = chain.Skip(known ? 2 : 1).ToList();
        return new(
            answered,
            [
                .. fetched
                    .Where(list => list is not null && issuers.Exists(issuer => issuer.Subject.IsSameAs(list.Issuer)))
                    .Select(list => list!.Encoded),
            ],
            nonce
        );
    }

    private static bool Knows(ReadOnlyMemory<byte> answer, Certificate certificate, Certificate issuer)
    {
        try
        {
            return OcspResponse.Parse(answer).Find(certificate, issuer)?.Status
                is RevocationStatus.Good
                    or RevocationStatus.Revoked;
        }
        catch (RefusalException)
        {
            return false;
        }
    }

    private Task<byte[]?> AskResponderAsync(
        Uri address,
        Certificate certificate,
        Certificate issuer,
        byte[] nonce,
        CancellationToken ct
    ) =>
        FetchAsync(
            () =>
                new(HttpMethod.Post, address)
                {
                    Content = new ByteArrayContent(OcspRequest.Encode(certificate, issuer, nonce))
                    {
                        Headers = { ContentType = new MediaTypeHeaderValue(OcspRequest.ContentType) },
                    },
                },
            LargestAnswer,
            AnswerTime,
            ct
        );

    /// <summary>One download at a time, whoever waits for it; who gives up waiting leaves it running for the next
    /// one.</summary>
    private async Task<CertificateRevocationList?> ListAsync(Uri address, CancellationToken ct)
    {
        var now = clock.Now();
        if (lists.TryGetValue(address, out var known) && known.Value.IsCompleted && (await known.Value).Until < now)
            lists.TryRemove(new(address, known));
        try
        {
            return (await lists.GetOrAdd(address, key => new(() => DownloadAsync(key))).Value.WaitAsync(ct)).List;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<KnownList> DownloadAsync(Uri address)
    {
        var content = await FetchAsync(
            () => new(HttpMethod.Get, address),
            LargestList,
            ListTime,
            CancellationToken.None
        );
        var now = clock.Now();
        try
        {
            if (content is not null && CertificateRevocationList.Read(content) is var list)
                return new(
                    list,
                    list.NextUpdate is { } next && next < now + ListAge && next > now ? next : now + ListAge
                );
        }
        catch (RefusalException)
        {
            LogFailed(address.Host, "what it sent is no list");
        }
        return new(null, now + Rest);
    }

    private async Task<byte[]?> FetchAsync(Func<HttpRequestMessage> ask, int most, TimeSpan limit, CancellationToken ct)
    {
        using var request = ask();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(limit);
        try
        {
            using var answer = await clients
                .CreateClient(Client)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentLength > most)
            {
                LogFailed(
                    request.RequestUri!.Host,
                    answer.IsSuccessStatusCode ? "its answer is too large" : $"it answered {(int)answer.StatusCode}"
                );
                return null;
            }
            await using var body = await answer.Content.ReadAsStreamAsync(patience.Token);
            using var content = new MemoryStream();
            var chunk = new byte[64 << 10];
            for (int read; (read = await body.ReadAsync(chunk, patience.Token)) > 0; )
            {
                content.Write(chunk, 0, read);
                if (content.Length > most)
                {
                    LogFailed(request.RequestUri!.Host, "its answer is too large");
                    return null;
                }
            }
            return content.ToArray();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            LogFailed(request.RequestUri!.Host, e.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Host} gave no answer about revocation: {Failure}")]
    private partial void LogFailed(string host, string failure);

    private sealed record KnownList(CertificateRevocationList? List, DateTimeOffset Until);
}
