using System.Formats.Asn1;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PedAtt.Documents.Tests.Trust;

/// <summary>An authority's OCSP responder and list server, over real HTTP: what it answers a test says.</summary>
public sealed class Responder : IAsyncDisposable
{
    private readonly WebApplication app;
    private int asked;

    private Responder(WebApplication app) => this.app = app;

    /// <summary>The answer to a question with this nonce; none means that the server is broken.</summary>
    public Func<byte[], byte[]?> Ocsp { get; set; } = _ => null;

    public Func<byte[]?> Crl { get; set; } = () => null;

    /// <summary>Answers wait for this.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    public int Asked => asked;

    public string OcspAddress => $"{Address}/ocsp";

    public string CrlAddress => $"{Address}/nca.crl";

    private string Address =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<Responder> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var responder = new Responder(app);
        app.MapPost(
            "/ocsp",
            async (HttpContext http) =>
            {
                Assert.Equal("application/ocsp-request", http.Request.ContentType);
                using var question = new MemoryStream();
                await http.Request.Body.CopyToAsync(question);
                return await responder.AnswerAsync(() => responder.Ocsp(NonceOf(question.ToArray())));
            }
        );
        app.MapGet("/nca.crl", () => responder.AnswerAsync(() => responder.Crl()));
        app.MapPost("/elsewhere", () => Results.Redirect("/ocsp", preserveMethod: true));
        await app.StartAsync();
        return responder;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> AnswerAsync(Func<byte[]?> answer)
    {
        Interlocked.Increment(ref asked);
        await Until;
        return answer() is { } bytes ? Results.Bytes(bytes) : Results.StatusCode(500);
    }

    private static byte[] NonceOf(byte[] question)
    {
        var request = new AsnReader(question, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        request.ReadSequence();
        var nonce = request.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 2)).ReadSequence().ReadSequence();
        nonce.ReadObjectIdentifier();
        return new AsnReader(nonce.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString();
    }
}
