using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace PedAtt.ServiceDefaults.Files;

/// <summary>What is known of a file. A scanner that is down, too slow or unsure has said nothing: that is never
/// "clean".</summary>
public enum ScanState
{
    Pending,
    Clean,
    Infected,

    /// <summary>The scanner was there and could not judge it, time and again: as one that is infected, but nobody calls
    /// it that.</summary>
    Unscannable,
}

/// <summary>What came of asking about one file. That there is no scanner says nothing of the file.</summary>
public enum ScanAnswer
{
    Clean,
    Infected,
    NoVerdict,
    NoScanner,
}

public static class ScanStates
{
    /// <summary>The code that says why it is refused, or null.</summary>
    public static string? RefusalOf(ScanState? state) =>
        state switch
        {
            ScanState.Infected => SharedCodes.FileInfected,
            ScanState.Unscannable => "file.unscannable",
            _ => null,
        };
}

/// <summary>How often a file without a verdict is asked about again.</summary>
public static class ScanAttempts
{
    /// <summary>How long a worker may take for one file before another may take it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(3),
    ];

    /// <returns>How long to wait after so many attempts, or null: that was the last one.</returns>
    public static TimeSpan? PauseAfter(int attempts) =>
        attempts <= Pauses.Length ? Pauses[Math.Max(0, attempts - 1)] : null;
}

/// <summary>Asks clamd (<c>tcp://host:port</c>) by INSTREAM: the file goes over the line in pieces, clamd needs no
/// access to it.</summary>
public sealed partial class Scanner(Uri clamd, ILogger<Scanner> log)
{
    /// <summary>How long somebody who uploads waits for the answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int Chunk = 64 * 1024;

    /// <returns>Clean, infected, or pending where there was no verdict.</returns>
    public async Task<ScanState> ScanAsync(Stream content, TimeSpan atMost, CancellationToken ct) =>
        await AnswerAsync(content, atMost, ct) switch
        {
            ScanAnswer.Clean => ScanState.Clean,
            ScanAnswer.Infected => ScanState.Infected,
            _ => ScanState.Pending,
        };

    /// <summary>A scanner that answers other questions, but not about this file, gives no verdict; one that answers
    /// nothing is not there.</summary>
    public async Task<ScanAnswer> JudgeAsync(Stream content, TimeSpan atMost, CancellationToken ct)
    {
        var answer = await AnswerAsync(content, atMost, ct);
        return answer is ScanAnswer.NoVerdict && !await IsThereAsync(ct) ? ScanAnswer.NoScanner : answer;
    }

    private async Task<bool> IsThereAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(clamd.Host, clamd.Port, limit.Token);
            await using var line = client.GetStream();
            await line.WriteAsync("zPING\0"u8.ToArray(), limit.Token);
            using var answer = new MemoryStream();
            await line.CopyToAsync(answer, limit.Token);
            return answer.ToArray().AsSpan().StartsWith("PONG"u8);
        }
        catch (Exception e)
            when (e is SocketException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<ScanAnswer> AnswerAsync(Stream content, TimeSpan atMost, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(atMost);
        try
        {
            return await AskAsync(content, limit.Token);
        }
        catch (Exception e)
            when (e is SocketException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            LogNoAnswer(e.GetType().Name);
            return e is SocketException ? ScanAnswer.NoScanner : ScanAnswer.NoVerdict;
        }
    }

    private async Task<ScanAnswer> AskAsync(Stream content, CancellationToken ct)
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
            return ScanAnswer.Infected;
        if (text == "stream: OK")
            return ScanAnswer.Clean;
        LogNoAnswer(text);
        return ScanAnswer.NoVerdict;
    }

    [LoggerMessage(LogLevel.Warning, "The scanner gave no verdict ({Reason}): the file counts as not scanned")]
    private partial void LogNoAnswer(string reason);
}
