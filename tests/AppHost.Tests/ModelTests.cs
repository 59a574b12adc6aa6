using System.Diagnostics;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using PedAtt.Testing;

namespace PedAtt.AppHost.Tests;

/// <summary>What AppHost.cs describes, looked at without starting it.</summary>
public class ModelTests
{
    [Fact]
    public async Task Each_service_and_the_pages_are_scaled_alone_or_together_and_the_gateway_stays_one()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>([
            "--operation",
            "publish",
            "--publisher",
            "manifest",
            "--PEDATT_REPLICAS=2",
            "--PEDATT_REPLICAS:portfolio=3",
        ]);
        var replicas = builder
            .Resources.OfType<ProjectResource>()
            .ToDictionary(project => project.Name, project => project.GetReplicaCount());
        Assert.All(
            ["identity", "applications", "documents", "notifications", "web"],
            service => Assert.Equal(2, replicas[service])
        );
        Assert.Equal(3, replicas["portfolio"]);
        Assert.Equal(1, replicas["gateway"]);
        Assert.All(
            replicas.Keys.Where(name => name.EndsWith("-migrations", StringComparison.Ordinal)),
            name => Assert.Equal(1, replicas[name])
        );
    }

    /// <summary>What is published, and what runs where there is a container engine: such a place is not needed to see
    /// it.</summary>
    [Fact]
    public async Task The_manifest_has_the_servers_as_containers_and_each_service_with_its_addresses()
    {
        var resources = await ManifestAsync();
        string Image(string name) => resources.GetProperty(name).GetProperty("image").GetString()!;
        Assert.Matches("/postgres:", Image("postgres"));
        Assert.Matches("/rabbitmq:", Image("rabbitmq"));
        Assert.StartsWith("minio/minio:", Image("object-storage"), StringComparison.Ordinal);
        Assert.StartsWith("clamav/clamav:", Image("clamd"), StringComparison.Ordinal);

        foreach (var service in PedAttSystem.Services)
        {
            Assert.Equal("project.v0", resources.GetProperty(service).GetProperty("type").GetString());
            var environment = resources.GetProperty(service).GetProperty("env");
            Assert.Equal(
                $"{{{service}-db.connectionString}}",
                environment.GetProperty($"ConnectionStrings__{service}").GetString()
            );
            Assert.Equal("{internal-key.value}", environment.GetProperty("Internal__Key").GetString());
            Assert.False(environment.TryGetProperty("ASPNETCORE_FORWARDEDHEADERS_ENABLED", out _), service);
            if (service == "gateway")
                continue;
            Assert.Equal(
                "{rabbitmq.connectionString}",
                environment.GetProperty("ConnectionStrings__rabbitmq").GetString()
            );
            Assert.Equal(
                $"{{{service}.bindings.http.url}}",
                resources
                    .GetProperty("gateway")
                    .GetProperty("env")
                    .GetProperty($"services__{service}__http__0")
                    .GetString()
            );
        }
        // Nothing of the machine that published it, and no secret.
        Assert.DoesNotContain(TestServers.Root, resources.GetRawText(), StringComparison.Ordinal);
        Assert.All(
            ["internal-key", "database-password", "broker-password"],
            secret =>
                Assert.True(
                    resources
                        .GetProperty(secret)
                        .GetProperty("inputs")
                        .GetProperty("value")
                        .GetProperty("secret")
                        .GetBoolean()
                )
        );
    }

    private static async Task<JsonElement> ManifestAsync()
    {
        // In the checkout: where projects are is said relative to the manifest.
        var folder = Directory
            .CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"manifest-{Guid.NewGuid():N}"))
            .FullName;
        try
        {
            var file = Path.Combine(folder, "manifest.json");
            var start = new ProcessStartInfo(
                "dotnet",
                [typeof(Projects.AppHost).Assembly.Location, "--publisher", "manifest", "--output-path", file]
            )
            {
                WorkingDirectory = Path.Combine(TestServers.Root, "AppHost"),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var appHost = Process.Start(start)!;
            var errors = appHost.StandardError.ReadToEndAsync();
            var output = await appHost.StandardOutput.ReadToEndAsync();
            await appHost.WaitForExitAsync();
            Assert.True(appHost.ExitCode == 0, output + await errors);
            return JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file)).GetProperty("resources");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
