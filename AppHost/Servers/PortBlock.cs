using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace PedAtt.AppHost.Servers;

/// <summary>
/// A hundred free ports for one run, below the ports that the system gives to outgoing connections. The block is ours
/// by a file lock, so two runs side by side never race for a port.
/// </summary>
public sealed class PortBlock
{
    private const int Size = 100,
        Lowest = 20000,
        Highest = 32000;

    private static readonly Lazy<PortBlock> ours = new(Take);

    private readonly FileStream held;

    private PortBlock(int first, FileStream held) => (First, this.held) = (first, held);

    public int First { get; }

    // Where each server stands in the block: some need neighbours (see the scripts).
    public int Postgres => First;
    public int Rabbit => First + 1; // and the two after it
    public int Clamd => First + 5;
    public int Smtp => First + 6;
    public int MailPage => First + 7;
    public int Storage => First + 55; // and up to 40 after it
    public int DashboardPage => First + 8;
    public int Telemetry => First + 9;
    public int Resources => First + 10;
    public int Gateway => First + 11;
    public int Services => First + 12; // and up to 42 after it

    /// <summary>The block of this process: its servers' and its dashboard's ports, held while it lives.</summary>
    public static PortBlock Ours => ours.Value;

    public static PortBlock Take()
    {
        for (var first = Lowest; first < Highest; first += Size)
        {
            if (FileLock.Try(LockOf(first)) is not { } held)
                continue;
            var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
            if (!used.Any(listener => listener.Port >= first && listener.Port < first + Size))
                return new(first, held);
            held.Dispose();
        }
        throw new ProvisioningException($"No block of {Size} free ports between {Lowest} and {Highest}.");
    }

    /// <summary>One port of its own; null when another run holds it or something listens there.</summary>
    public static FileStream? TryHold(int port)
    {
        if (FileLock.Try(LockOf(port)) is not { } held)
            return null;
        if (IsFree(port))
            return held;
        held.Dispose();
        return null;
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>For who hands the block to processes that outlive it.</summary>
    public void Release() => held.Dispose();

    private static string LockOf(int port)
    {
        var locks = Path.Combine(Path.GetTempPath(), "pedatt-ports");
        if (!Directory.Exists(locks))
        {
            Directory.CreateDirectory(locks);
            // Other users' runs take their blocks in the same folder.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(locks, (UnixFileMode)0b001_111_111_111);
        }
        return Path.Combine(locks, port.ToString());
    }
}
