namespace PedAtt.ServiceDefaults.Http;

/// <summary>The addresses of a service: <c>services:{name}:http:0</c> to n, as Aspire hands them out; one or several.</summary>
public static class ServiceAddresses
{
    public static IReadOnlyList<Uri> Of(IConfiguration configuration, string service)
    {
        var section = configuration.GetSection($"services:{service}:http");
        Uri[] addresses = [.. section.GetChildren().Where(child => !string.IsNullOrEmpty(child.Value)).Select(child => new Uri(child.Value!))];
        return addresses.Length > 0 ? addresses : [new Uri($"http://{service}")];
    }
}

/// <summary>
/// Puts the service's token on the call, spreads the calls over the replicas, and goes on to the next one, a few times,
/// when one does not answer: every internal call may be repeated.
/// </summary>
internal sealed class InternalHandler(string service, IReadOnlyList<Uri> addresses, ServiceTokens tokens) : DelegatingHandler
{
    private static readonly TimeSpan[] Waits =
        [TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(1)];

    private static int next;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        request.Headers.Authorization = new("Bearer", tokens.For(service));
        for (var round = 0; ; round++)
        {
            for (var i = 0; i < addresses.Count; i++)
            {
                var address = addresses[(int)((uint)Interlocked.Increment(ref next) % addresses.Count)];
                request.RequestUri = new Uri(address, path);
                try
                {
                    return await base.SendAsync(request, cancellationToken);
                }
                catch (HttpRequestException) when (round < Waits.Length - 1 || i < addresses.Count - 1)
                {
                }
            }
            await Task.Delay(Waits[Math.Min(round + 1, Waits.Length - 1)], cancellationToken);
        }
    }
}
