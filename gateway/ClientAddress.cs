using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace PedAtt.Gateway;

/// <summary>
/// Who is calling. What a proxy says of it counts only from the proxies that <c>ForwardedHeaders</c> names.
/// </summary>
public static class ClientAddress
{
    public static IPAddress Of(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>What limits are counted by: an IPv6 subscriber holds a whole /64.</summary>
    public static string Network(HttpContext http)
    {
        var address = Of(http);
        return address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    /// <summary>
    /// <c>ForwardedHeaders:Proxies</c> (addresses, comma-separated) and <c>ForwardedHeaders:Networks</c> (CIDR): from
    /// nobody else is X-Forwarded-* believed, not even from this machine.
    /// </summary>
    public static void UseClientAddress(this WebApplication app)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in List(app.Configuration["ForwardedHeaders:Proxies"]))
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        foreach (var network in List(app.Configuration["ForwardedHeaders:Networks"]))
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        // With neither, the middleware would believe everybody.
        if (options.KnownProxies.Count + options.KnownIPNetworks.Count > 0)
            app.UseForwardedHeaders(options);
    }

    private static string[] List(string? value) =>
        value?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
