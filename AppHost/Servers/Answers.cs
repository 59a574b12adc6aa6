using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PedAtt.AppHost.Servers;

/// <summary>A server is healthy when it answers its own protocol: an open port alone does not say that it has
/// started.</summary>
internal sealed class Answers(int port, byte[] request, byte[] beginning) : IHealthCheck
{
    /// <summary>A start-up message is answered by R (how to log in) only when the database takes connections.</summary>
    public static Answers Postgres(int port)
    {
        var settings = Encoding.ASCII.GetBytes("user\0pedatt\0database\0postgres\0\0");
        return new(port, [0, 0, 0, (byte)(settings.Length + 8), 0, 3, 0, 0, .. settings], "R"u8.ToArray());
    }

    /// <summary>AMQP 0-9-1's header is answered by a method frame, Connection.Start.</summary>
    public static Answers Rabbit(int port) => new(port, [.. "AMQP"u8, 0, 0, 9, 1], [1]);

    public static Answers Clamd(int port) => new(port, "zPING\0"u8.ToArray(), "PONG"u8.ToArray());

    public static Answers Smtp(int port) => new(port, [], "220"u8.ToArray());

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(5));
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(request, patience.Token);
            var answer = new byte[beginning.Length];
            await stream.ReadExactlyAsync(answer, patience.Token);
            return answer.SequenceEqual(beginning) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        }
        catch (Exception notYet) when (notYet is SocketException or IOException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(exception: notYet);
        }
    }
}
