using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PedAtt.Documents.Trust;
using PedAtt.Eds;
using Gost = PedAtt.Eds.Tests.Authority;

namespace PedAtt.Documents.Tests.Trust;

/// <summary>The service's examiner over a trust folder, with the addresses of a test.</summary>
public static class Examiner
{
    public static SignatureExaminer Over(
        string trust,
        TimeProvider clock,
        string? ocsp = null,
        string? crl = null,
        UnavailableRule unavailable = UnavailableRule.Accepts,
        TimeSpan? patience = null
    )
    {
        var settings = new RevocationSettings(
            ocsp is null ? [] : [new(ocsp)],
            crl is null ? [] : [new(crl)],
            unavailable,
            TimeSpan.FromHours(24),
            patience ?? TimeSpan.FromSeconds(30)
        );
        var services = new ServiceCollection();
        RevocationSource.AddClient(services);
        var clients = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>();
        return new(
            new TrustStore(
                new(trust, TrustProfile.Test, IsDevelopment: true, new HashSet<string>()),
                NullLogger<TrustStore>.Instance
            ),
            new RevocationSource(clients, settings, clock, NullLogger<RevocationSource>.Instance),
            settings,
            clock
        );
    }

    /// <summary>A trust folder with the GOST authority, and the list of its root, which says nothing about
    /// people.</summary>
    public static string GostTrust()
    {
        var folder = Directory.CreateTempSubdirectory("pedatt-trust-").FullName;
        File.WriteAllBytes(Path.Combine(folder, "root.cer"), Gost.TestAuthority.Gost.Root.Encoded);
        File.WriteAllBytes(Path.Combine(folder, "nca.cer"), Gost.TestAuthority.Gost.Issuing.Encoded);
        File.WriteAllBytes(Path.Combine(folder, "root.crl"), Gost.TestAuthority.Crl(Gost.TestAuthority.Gost.Root));
        return folder;
    }
}

public sealed class At(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
