using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PedAtt.AppHost.Servers;

namespace PedAtt.Browser.Tests.World;

/// <summary>
/// A program in NCALayer's place, on its address (wss://127.0.0.1:13579): it greets with its version, answers the
/// heartbeat, and signs what the page sends with the key of whoever sits at the computer. Nobody else can listen there
/// meanwhile.
/// </summary>
public sealed class FakeNcaLayer : IAsyncLifetime
{
    private const int Port = 13579;

    private readonly List<JsonElement> asked = [];
    private FileStream? turn;
    private WebApplication? listener;
    private Func<byte[], byte[]?> sign = _ => null;
    private bool fails;

    /// <summary>What the page asked to be signed, call by call.</summary>
    public IReadOnlyList<JsonElement> Asked
    {
        get
        {
            lock (asked)
                return [.. asked];
        }
    }

    public async ValueTask InitializeAsync()
    {
        turn = FileLock.Wait(
            Path.Combine(Path.GetTempPath(), $"pedatt-ncalayer-{Environment.UserName}.lock"),
            TimeSpan.FromMinutes(10)
        );
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await IsNotRunningAsync();
        turn?.Dispose();
    }

    /// <summary>The person chooses this key, and types its password.</summary>
    public void Signs(Func<byte[], byte[]> key) => (sign, fails) = (key, false);

    public void Signs(Signer key) => Signs(key.Sign);

    /// <summary>The person closes NCALayer's window.</summary>
    public void Cancels() => (sign, fails) = (_ => null, false);

    /// <summary>The key cannot be read, say.</summary>
    public void Fails() => fails = true;

    public async Task IsNotRunningAsync()
    {
        if (listener is not null)
            await listener.DisposeAsync();
        listener = null;
    }

    public async Task RunAsync()
    {
        if (listener is not null)
            return;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, Port, listen => listen.UseHttps(OwnCertificate()))
        );
        listener = builder.Build();
        listener.UseWebSockets();
        listener.Run(ServeAsync);
        await listener.StartAsync();
    }

    private async Task ServeAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        try
        {
            await Say(socket, new { result = new { version = "1.4" } });
            while (await Hear(socket) is { } message)
            {
                if (message == "--heartbeat--")
                    await Say(socket, message);
                else
                    await Say(socket, Answer(JsonSerializer.Deserialize<JsonElement>(message)));
            }
        }
        catch (WebSocketException)
        {
            // The page went away.
        }
    }

    private object Answer(JsonElement call)
    {
        if (call.GetProperty("module").GetString() != "kz.gov.pki.knca.basics")
            return new { success = false, errorCode = "MODULE_NOT_FOUND" };
        lock (asked)
            asked.Add(call.Clone());
        if (fails)
            return new
            {
                status = false,
                code = "INVOCATION_ERROR",
                message = "An invoked method threw an exception.",
                details = "",
            };

        // Several documents at once are one choice of a key and one password.
        var data = call.GetProperty("args").GetProperty("data");
        var signatures = (
            data.ValueKind == JsonValueKind.Array
                ? data.EnumerateArray().Select(one => one.GetString()!)
                : [data.GetString()!]
        )
            .Select(one => sign(Convert.FromBase64String(one)))
            .ToList();
        return signatures.Contains(null)
            ? new { status = true, body = new { } }
            : new
            {
                status = true,
                body = new { result = signatures.Select(cms => PemEncoding.WriteString("CMS", cms)) },
            };
    }

    private static Task Say(WebSocket socket, object message) =>
        socket.SendAsync(
            message is string text ? Encoding.UTF8.GetBytes(text) : JsonSerializer.SerializeToUtf8Bytes(message),
            WebSocketMessageType.Text,
            endOfMessage: true,
            CancellationToken.None
        );

    private static async Task<string?> Hear(WebSocket socket)
    {
        var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                return null;
            }
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(message.ToArray());
        }
    }

    private static X509Certificate2 OwnCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
        // A key that came from memory alone is not persisted everywhere; through PKCS#12 it is.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
