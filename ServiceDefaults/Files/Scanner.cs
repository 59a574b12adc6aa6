using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace PedAtt.ServiceDefaults.Files;

/// <summary>What clamd said. A scanner that is down, too slow or unsure has said nothing: that is never "clean".</summary>
public enum ScanState
{
    Pending,
    Clean,
    Infected,
}

/// <summary>Asks clamd (<c>tcp://host:port</c>) by INSTREAM: the file goes over the line in pieces, clamd needs no access to it.</summary>
public sealed partial class Scanner(Uri clamd, ILogger<Scanner> log)
{
    /// <summary>How long somebody who uploads waits for the answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int Chunk = 64 * 1024;

    public async Task<ScanState> ScanAsync(Stream content, TimeSpan atMost, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(atMost);
        try
        {
            return await AskAsync(content, limit.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            LogNoAnswer(e.GetType().Name);
            return ScanState.Pending;
        }
    }

    private async Task<ScanState> AskAsync(Stream content, CancellationToken ct)
    {
        if (content.CanSeek)
            content.Position = 0;
        using var client = new TcpClient();
        await client.ConnectAsync(clamd.Host, clamd.Port, ct);
        await using var line = client.GetStream();
        await line.WriteAsync("zINSTREAM\0"u8.ToArray(), ct);
        var piece = new byte[sizeof(int) + Chunk];
        int read;
        while ((read = await content.ReadAsync(piece.AsMemory(sizeof(int)), ct)) > 0)
        {
            BinaryPrimitives.WriteInt32BigEndian(piece, read);
            await line.WriteAsync(piece.AsMemory(0, sizeof(int) + read), ct);
        }
        await line.WriteAsync(new byte[sizeof(int)], ct);

        using var answer = new MemoryStream();
        await line.CopyToAsync(answer, ct);
        var text = Encoding.ASCII.GetString(answer.ToArray()).TrimEnd('\0', '\n');
        if (text.EndsWith(" FOUND", StringComparison.Ordinal))
            return ScanState.Infected;
        if (text == "stream: OK")
            return ScanState.Clean;
        LogNoAnswer(text);
        return ScanState.Pending;
    }

    [LoggerMessage(LogLevel.Warning, "The scanner gave no verdict ({Reason}): the file counts as not scanned")]
    private partial void LogNoAnswer(string reason);
}
