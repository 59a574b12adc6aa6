using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using PedAtt.Documents.Trust;

namespace PedAtt.Documents.Tests.Trust;

/// <summary>Which authorities count, and which stop the start.</summary>
public sealed class TrustStoreTests : IDisposable
{
    private static readonly TestAuthority Root = new("НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ");
    private static readonly TestAuthority Ca = new("ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ", Root);
    private static readonly TestAuthority OfTests = new("ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) TEST 2022");
    private static readonly TestAuthority Demonstration = new("PedAtt demonstration authority 2026");

    private readonly string trust = Directory.CreateTempSubdirectory("pedatt-trust-").FullName;

    public void Dispose() => Directory.Delete(trust, recursive: true);

    [Fact]
    public void A_profile_is_a_folder()
    {
        Lay("production/root.cer", Root);
        Lay("production/nca.cer", Ca);
        Lay("test/demonstration.cer", Demonstration);

        Assert.Equal((1, 1), Count(Production(Root, Ca)));
        Assert.Equal((1, 0), Count(Store(TrustProfile.Test, isDevelopment: true)));
        Lay("beside.cer", OfTests);
        Assert.Equal((2, 0), Count(Store(TrustProfile.Test, isDevelopment: true)));
    }

    [Fact]
    public void In_production_only_fingerprints_that_somebody_checked_count()
    {
        Lay("production/root.cer", Root);
        Lay("production/nca.cer", Ca);
        Production(Root, Ca).RequireAllowed();

        var refused = Assert.Throws<InvalidOperationException>(Production(Root).RequireAllowed);
        Assert.Contains("nca.cer", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Fingerprint(Ca), refused.Message, StringComparison.Ordinal);
        // One that comes while the service runs counts for nothing.
        Assert.Equal((1, 0), Count(Production(Root)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("production/")]
    [InlineData("test/")]
    public void Outside_Development_a_test_or_demonstration_authority_stops_the_start(string folder)
    {
        foreach (var wrong in (TestAuthority[])[OfTests, Demonstration])
        {
            Lay($"{folder}wrong.cer", wrong);
            // Not even its fingerprint helps it.
            Assert.Throws<InvalidOperationException>(Production(wrong).RequireAllowed);
            Assert.Equal((0, 0), Count(Production(wrong)));
            Store(TrustProfile.Test, isDevelopment: true).RequireAllowed();
        }
    }

    [Fact]
    public void Whatever_lies_in_the_folder_of_tests_stops_the_start()
    {
        Lay("test/root.cer", Root);
        Assert.Throws<InvalidOperationException>(Production(Root).RequireAllowed);
    }

    [Fact]
    public void Nothing_in_the_folder_or_no_folder_trusts_nobody()
    {
        foreach (var folder in (string?[])[null, "", Path.Combine(trust, "nowhere")])
        {
            var store = new TrustStore(
                new(folder, TrustProfile.Production, false, new HashSet<string>()),
                NullLogger<TrustStore>.Instance
            );
            store.RequireAllowed();
            Assert.Equal((0, 0), Count(store));
        }
    }

    [Theory]
    [InlineData("Development", null, TrustProfile.Test)]
    [InlineData("Development", "production", TrustProfile.Production)]
    [InlineData("Production", null, TrustProfile.Production)]
    [InlineData("Production", "test", null)]
    [InlineData("Staging", "test", null)]
    [InlineData("Development", "Test", null)]
    public void The_profile_is_configured_and_a_test_one_is_for_Development(
        string environment,
        string? profile,
        TrustProfile? expected
    )
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection([new("Trust:Profile", profile)]);
        if (expected is null)
            Assert.Throws<InvalidOperationException>(() =>
                TrustSettings.From(builder.Configuration, builder.Environment)
            );
        else
            Assert.Equal(expected, TrustSettings.From(builder.Configuration, builder.Environment).Profile);
    }

    [Fact]
    public void Fingerprints_are_read_as_people_copy_them()
    {
        var (one, other) = (Fingerprint(Root), Fingerprint(Ca));
        var withColons = string.Join(':', one.ToUpperInvariant().Chunk(2).Select(pair => new string(pair)));
        Assert.Equal(
            [one, other],
            TrustSettings
                .ReadFingerprints($"{withColons}; {other}\n")
                .Order(StringComparer.Ordinal)
                .OrderBy(each => each != one)
        );
        Assert.Empty(TrustSettings.ReadFingerprints($"{one}00 {other[1..]}"));
    }

    private static (int Anchors, int Intermediates) Count(TrustStore store) =>
        (store.Read().Anchors.Anchors.Count, store.Read().Anchors.Intermediates.Count);

    private static string Fingerprint(TestAuthority authority) =>
        authority
            .Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256)
            .ToLowerInvariant();

    private TrustStore Production(params TestAuthority[] listed) =>
        Store(TrustProfile.Production, isDevelopment: false, listed);

    private TrustStore Store(TrustProfile profile, bool isDevelopment, params TestAuthority[] listed) =>
        new(
            new(trust, profile, isDevelopment, listed.Select(Fingerprint).ToHashSet()),
            NullLogger<TrustStore>.Instance
        );

    private void Lay(string name, TestAuthority authority)
    {
        var file = Path.Combine(trust, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, authority.Certificate.RawData);
    }
}
