using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace PedAtt.AppHost.Servers;

/// <summary>Where this run keeps its data, how it is reached, and the secrets it made on its first start.</summary>
public sealed class Installation
{
    private readonly IDistributedApplicationBuilder builder;
    private readonly FileStream? held; // the data folder is ours while this process lives
    private readonly Dictionary<string, string> secrets = [];
    private int services;

    private Installation(IDistributedApplicationBuilder builder)
    {
        this.builder = builder;
        var settings = builder.Configuration;
        // 0: whichever is free.
        Port = settings.GetValue("PEDATT_PORT", 8080) is > 0 and var port ? port : PortBlock.Ours.Gateway;
        MailPort = settings.GetValue("PEDATT_MAIL_PORT", 8025) is > 0 and var mailPort
            ? mailPort
            : PortBlock.Ours.MailPage;
        Ephemeral = settings.GetValue("PEDATT_EPHEMERAL", false);
        PublicUrl = settings["PEDATT_PUBLIC_URL"] ?? $"http://localhost:{Port}";
        EnvironmentName = settings["ASPNETCORE_ENVIRONMENT"] ?? "Development";
        if (builder.ExecutionContext.IsPublishMode)
            return;

        var checkout = Path.GetFullPath("..", builder.AppHostDirectory);
        Data = Path.GetFullPath(
            Ephemeral
                ? Path.Combine(
                    Path.GetTempPath(),
                    $"pedatt-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}"
                )
                : settings["PEDATT_DATA"] ?? Path.Combine(checkout, "data")
        );
        Directory.CreateDirectory(Data);
        ServerData = Data;
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess && !IsOpenToOthers(Data))
        {
            // PostgreSQL and the scanner run as users of their own, which cannot get there.
            ServerData = Path.Combine(
                "/var/lib/pedatt",
                settings["PEDATT_DATA"] is null
                    ? Path.GetFileName(checkout)
                    : $"{Path.GetFileName(checkout)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Data)))[..8]}"
            );
            Directory.CreateDirectory(ServerData);
            Console.WriteLine($"The servers' own users cannot reach {Data}: the servers' data is kept in {ServerData}");
        }

        held =
            FileLock.Try(Path.Combine(ServerData, ".lock"))
            ?? throw new ProvisioningException(
                $"{ServerData} is in use by another AppHost, or not writable. Stop that one, or set PEDATT_DATA to another folder."
            );
        AwaitPort(Port, "PEDATT_PORT");
        AwaitPort(MailPort, "PEDATT_MAIL_PORT");
        ReadSecrets();
    }

    public int Port { get; }

    public int MailPort { get; }

    /// <summary>Everything in a temporary folder, gone at the end.</summary>
    public bool Ephemeral { get; }

    public string PublicUrl { get; }

    public string EnvironmentName { get; }

    /// <summary>What people see: demo-keys, the trust folder.</summary>
    public string Data { get; } = "";

    /// <summary>The servers' own folders; the same place where they can reach it.</summary>
    public string ServerData { get; } = "";

    /// <summary>Says what hinders the start in one line and ends, instead of a stack trace.</summary>
    public static Installation Of(IDistributedApplicationBuilder builder)
    {
        try
        {
            return new(builder);
        }
        catch (Exception hindrance)
            when (hindrance is ProvisioningException or IOException or UnauthorizedAccessException)
        {
            throw End(hindrance.Message);
        }
    }

    internal static Exception End(string message)
    {
        Console.Error.WriteLine(message);
        Environment.Exit(1);
        return new InvalidOperationException(message);
    }

    /// <summary>A secret made on first start and kept in the data folder; published as a parameter without a
    /// value.</summary>
    public IResourceBuilder<ParameterResource> Secret(string name, int bytes = 32, bool hex = false) =>
        builder.AddParameter(
            name,
            () => builder.Configuration[$"Parameters:{name}"] ?? Kept(name, bytes, hex),
            secret: true
        );

    /// <summary>Of one service: PEDATT_REPLICAS__portfolio, else PEDATT_REPLICAS for all.</summary>
    public int Replicas(string service) =>
        builder.Configuration.GetValue(
            $"PEDATT_REPLICAS:{service}",
            builder.Configuration.GetValue("PEDATT_REPLICAS", 1)
        );

    /// <summary>For a service that has an address of its own; null where the port is no matter of ours.</summary>
    public int? NextPort() => builder.ExecutionContext.IsPublishMode ? null : PortBlock.Ours.Services + services++;

    /// <summary>What every service is told about where it runs.</summary>
    public IResourceBuilder<ProjectResource> Tell(IResourceBuilder<ProjectResource> service)
    {
        // Aspire would have it believe whatever X-Forwarded-For says; whom to believe is each service's own decision.
        service.WithEnvironment("PEDATT_PUBLIC_URL", PublicUrl).DisableForwardedHeaders();
        if (builder.ExecutionContext.IsPublishMode)
            return service;
        // Without a dashboard telemetry goes where the environment says, or nowhere: Aspire would send it to 18889.
        if (Dashboard.Address is null)
            service.WithEnvironment(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] ?? ""
            );
        return service
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", EnvironmentName)
            .WithEnvironment("PEDATT_DATA", Data)
            .WithEnvironment("PEDATT_TRUST", builder.Configuration["PEDATT_TRUST"] ?? Path.Combine(Data, "trust"))
            // Kazakh sorts by ICU, also where the SDK itself was installed without.
            .WithEnvironment("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "false");
    }

    /// <summary>The one thing to read when everything is healthy.</summary>
    public async Task AnnounceAsync(CancellationToken cancellation)
    {
        var lines = new StringBuilder();
        lines.AppendLine().AppendLine($"  PedAtt is ready: {PublicUrl}").AppendLine();
        if (await Dashboard.AnswersAsync(cancellation))
            lines.AppendLine($"  Dashboard   {Dashboard.Address}");
        lines.AppendLine($"  Mail        http://localhost:{MailPort}");
        lines.AppendLine(Ephemeral ? $"  Data        {Data} (removed at the end)" : $"  Data        {Data}");
        if (ServerData != Data)
            lines.AppendLine($"              {ServerData} (servers)");
        if (EnvironmentName == "Development")
        {
            lines.AppendLine(
                "  Users       demo-admin, demo-executor, demo-chair, demo-secretary, demo-school-chair, demo-teacher"
            );
            lines.AppendLine("              password Demo-2026-pedatt; demo-newcomer is a login to register with");
        }
        lines.AppendLine("  Stop        Ctrl+C");
        Console.WriteLine(lines);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool IsOpenToOthers(string folder)
    {
        for (var one = new DirectoryInfo(folder); one is not null; one = one.Parent)
            if ((one.UnixFileMode & UnixFileMode.OtherExecute) == 0)
                return false;
        return true;
    }

    private static void AwaitPort(int port, string setting)
    {
        // An earlier run that was stopped or killed may still be going down.
        for (var tries = 0; !PortBlock.IsFree(port); tries++)
        {
            if (tries == 300)
                throw new ProvisioningException(
                    $"Port {port} is taken by another program. Set {setting} to another port."
                );
            Thread.Sleep(100);
        }
    }

    private string SecretsFile => Path.Combine(ServerData, "secrets.json");

    private void ReadSecrets()
    {
        if (!File.Exists(SecretsFile))
            return;
        foreach (
            var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(SecretsFile))!
        )
            secrets[name] = value;
    }

    private string Kept(string name, int bytes, bool hex)
    {
        lock (secrets)
        {
            if (secrets.TryGetValue(name, out var kept))
                return kept;
            var random = RandomNumberGenerator.GetBytes(bytes);
            secrets[name] = hex ? Convert.ToHexStringLower(random) : Convert.ToBase64String(random);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream($"{SecretsFile}.new", options))
                JsonSerializer.Serialize(file, secrets);
            File.Move($"{SecretsFile}.new", SecretsFile, overwrite: true);
            return secrets[name];
        }
    }
}
