using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using PedAtt.ServiceDefaults.Mail;
using PedAtt.Testing;

namespace PedAtt.ServiceDefaults.Tests.Mail;

public sealed class MailServerTests
{
    private static readonly CancellationToken Ever = CancellationToken.None;

    [Fact]
    public async Task An_email_arrives_as_it_was_written()
    {
        var servers = await TestServers.StartAsync();
        var (id, to) = (Guid.CreateVersion7(), $"asel-{Guid.NewGuid():N}@example.kz");

        Assert.Null(
            await Server(servers.Smtp)
                .SendAsync(
                    new(id, to, "kk", "Өтініш қабылданды", "Құрметті Әсел!\n\nҚабылданды.", "<p>Құрметті Әсел!</p>"),
                    Ever
                )
        );

        var arrived = Assert.Single(await servers.MailAsync(to));
        Assert.Equal("Өтініш қабылданды", arrived.GetProperty("subject").GetString());
        Assert.Equal(
            "Құрметті Әсел!\n\nҚабылданды.",
            arrived.GetProperty("text").GetString()!.ReplaceLineEndings("\n").TrimEnd()
        );
        Assert.Contains("<p>Құрметті Әсел!</p>", arrived.GetProperty("html").GetString(), StringComparison.Ordinal);
        var headers = arrived.GetProperty("headers");
        Assert.Equal($"<{id}@localhost>", headers.GetProperty("message-id").GetString());
        Assert.Equal("auto-generated", headers.GetProperty("auto-submitted").GetString());
        Assert.Equal("kk", headers.GetProperty("content-language").GetString());
    }

    [Theory]
    [InlineData("RCPT", "550 no such person", "address.refused", true)]
    [InlineData("RCPT", "450 later, perhaps", "address.refused", false)]
    [InlineData("DATA", "554 not this one", "mail.refused", true)]
    [InlineData("DATA", "451 not now", "mail.unreachable", false)]
    [InlineData("MAIL", "hello?", "mail.unreachable", false)]
    public async Task What_the_server_says_decides_whether_it_is_asked_again(
        string to,
        string answer,
        string failure,
        bool isFinal
    )
    {
        using var server = new SpokenServer { [to] = answer };

        Assert.Equal(
            new MailFailure(failure, isFinal),
            await Server($"smtp://{server.Address}").SendAsync(SomeEmail(), Ever)
        );
    }

    [Fact]
    public async Task An_address_that_is_none_is_sent_nowhere()
    {
        using var server = new SpokenServer();

        Assert.Equal(
            new MailFailure("address.invalid", true),
            await Server($"smtp://{server.Address}").SendAsync(SomeEmail() with { To = "@" }, Ever)
        );
        Assert.Empty(server.Heard);
    }

    [Fact]
    public async Task A_server_that_is_away_or_hangs_may_be_asked_again()
    {
        using var hanging = new SpokenServer { ["EHLO"] = "" };

        Assert.Equal(
            new MailFailure("mail.unreachable", false),
            await Server("smtp://127.0.0.1:1").SendAsync(SomeEmail(), Ever)
        );
        Assert.Equal(
            new MailFailure("mail.unreachable", false),
            await Server($"smtp://{hanging.Address}", "00:00:00.5").SendAsync(SomeEmail(), Ever)
        );
    }

    [Fact]
    public async Task A_password_is_told_to_no_server_without_TLS()
    {
        using var plain = new SpokenServer();

        Assert.Equal(
            new MailFailure("mail.unreachable", false),
            await Server($"smtp://me:secret@{plain.Address}").SendAsync(SomeEmail(), Ever)
        );
        Assert.DoesNotContain(plain.Heard, line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_scheme_smtps_speaks_TLS_from_the_first_byte()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sending = Server($"smtps://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}")
            .SendAsync(SomeEmail(), Ever);
        using (var client = await listener.AcceptTcpClientAsync())
        {
            var first = new byte[1];
            await client.GetStream().ReadExactlyAsync(first);
            Assert.Equal(0x16, first[0]); // a TLS handshake
        }

        Assert.Equal(new MailFailure("mail.unreachable", false), await sending);
    }

    private static OutgoingEmail SomeEmail() => new(Guid.NewGuid(), "asel@example.kz", "ru", "Тема", "Текст");

    private static MailServer Server(string address, string timeout = "00:01:00") =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["ConnectionStrings:smtp"] = address,
                        ["Mail:SendTimeout"] = timeout,
                    }
                )
                .Build()
        );

    /// <summary>Answers each command with what it was told to say, one talk long; an empty answer is none.</summary>
    private sealed class SpokenServer : Dictionary<string, string>, IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public SpokenServer()
        {
            listener.Start();
            Address = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
            _ = TalkAsync();
        }

        public string Address { get; }

        public System.Collections.Concurrent.ConcurrentQueue<string> Heard { get; } = [];

        public void Dispose() => listener.Dispose();

        private async Task TalkAsync()
        {
            using var client = await listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII)
            {
                NewLine = "\r\n",
                AutoFlush = true,
            };
            await writer.WriteLineAsync("220 here");
            while (await reader.ReadLineAsync() is { } line)
            {
                Heard.Enqueue(line);
                var answer = GetValueOrDefault(line.Split(' ')[0]);
                if (answer != "")
                    await writer.WriteLineAsync(answer ?? "250 ok");
            }
        }

        private string? GetValueOrDefault(string command) => TryGetValue(command, out var answer) ? answer : null;
    }
}
