using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PedAtt.Identity.Tests.Mail;

/// <summary>A mail server that says nothing more when a letter for one address comes, and tells of each letter before
/// it takes it.</summary>
internal sealed class OwnMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Task listening;

    public OwnMailServer()
    {
        listener.Start();
        Address = $"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        listening = ListenAsync();
    }

    public string Address { get; }

    /// <summary>The address for which it hangs.</summary>
    public string? HangsFor { get; set; }

    /// <summary>What is done when a letter's text is here and not yet taken.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>To whom letters were taken, oldest first.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private async Task ListenAsync()
    {
        var talks = new List<Task>();
        while (!end.IsCancellationRequested)
            talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(end.Token)));
        await Task.WhenAll(talks);
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false))
        {
            NewLine = "\r\n",
            AutoFlush = true,
        };
        await writer.WriteLineAsync("220 here");
        var to = "";
        while (await reader.ReadLineAsync(end.Token) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "RCPT":
                    to = line.Split('<', '>')[1];
                    if (to == HangsFor)
                        await Task.Delay(Timeout.Infinite, end.Token);
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    await Before(await LetterAsync(reader));
                    Taken.Enqueue(to);
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }

    private async Task<string> LetterAsync(StreamReader reader)
    {
        var letter = new StringBuilder();
        while (await reader.ReadLineAsync(end.Token) is { } line && line != ".")
            letter.Append(line).Append("\r\n");
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(letter.ToString()));
        using var message = await MimeKit.MimeMessage.LoadAsync(bytes, end.Token);
        return message.TextBody!;
    }
}
