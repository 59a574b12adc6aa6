using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace PedAtt.AppHost.Servers;

/// <summary>The servers as processes of this machine, from Debian's packages: the scripts beside this file run
/// them.</summary>
internal static class LocalServers
{
    public static ServerSet AddTo(IDistributedApplicationBuilder builder, Installation installation)
    {
        try
        {
            Provisioning.EnsurePackages(Console.WriteLine);
            return Add(
                builder,
                installation,
                Provisioning.EnsureNpm(Provisioning.Maildev, "the mail sink", Console.WriteLine)
            );
        }
        catch (ProvisioningException missing)
        {
            throw Installation.End(missing.Message);
        }
    }

    private static ServerSet Add(IDistributedApplicationBuilder builder, Installation installation, string maildev)
    {
        var ports = PortBlock.Ours;
        var scripts = Path.Combine(builder.AppHostDirectory, "Servers");
        var data = installation.ServerData;

        IResourceBuilder<ExecutableResource> Script(
            string name,
            string script,
            int port,
            string scheme,
            params string[] arguments
        ) =>
            builder
                .AddExecutable(name, "bash", scripts, [Path.Combine(scripts, script), .. arguments])
                .WithEndpoint(port: port, scheme: scheme, name: scheme, isProxied: false);
        void Check(IResourceBuilder<ExecutableResource> server, Answers answers)
        {
            builder.Services.AddHealthChecks().AddCheck(server.Resource.Name, answers);
            server.WithHealthCheck(server.Resource.Name);
        }
        Server Reached(IResourceBuilder<ExecutableResource> server, string name, ReferenceExpression address) =>
            new(server, builder.AddConnectionString(name, address));

        var databasePassword = installation.Secret("database-password", bytes: 24, hex: true);
        var postgres = Script(
                "postgres",
                "postgres.sh",
                ports.Postgres,
                "tcp",
                Path.Combine(data, "postgres"),
                $"{ports.Postgres}",
                "pedatt"
            )
            .WithEnvironment("POSTGRES_PASSWORD", databasePassword);
        Check(postgres, Answers.Postgres(ports.Postgres));
        List<string> databases = [];
        postgres.OnResourceReady(
            async (_, _, ct) =>
                await CreateAsync(
                    databases,
                    $"{Address()};Password={await databasePassword.Resource.GetValueAsync(ct)};Database=postgres;Pooling=false",
                    ct
                )
        );
        string Address() => $"Host=127.0.0.1;Port={ports.Postgres};Username=pedatt";

        var brokerPassword = installation.Secret("broker-password", bytes: 24, hex: true);
        var rabbit = Script(
                "rabbitmq",
                "rabbitmq.sh",
                ports.Rabbit,
                "amqp",
                Path.Combine(data, "rabbitmq"),
                $"{ports.Rabbit}",
                "pedatt"
            )
            .WithEnvironment("RABBITMQ_PASSWORD", brokerPassword);
        Check(rabbit, Answers.Rabbit(ports.Rabbit));

        var accessKey = installation.Secret("storage-access-key", bytes: 10, hex: true);
        var secretKey = installation.Secret("storage-secret-key", bytes: 20, hex: true);
        var storage = Script(
                "object-storage",
                "object-storage.sh",
                ports.Storage,
                "http",
                Path.Combine(data, "storage"),
                $"{ports.Storage}"
            )
            .WithEnvironment("STORAGE_ACCESS_KEY", accessKey)
            .WithEnvironment("STORAGE_SECRET_KEY", secretKey)
            .WithHttpHealthCheck("/");

        var clamd = Script("clamd", "clamd.sh", ports.Clamd, "tcp", Path.Combine(data, "clamav"), $"{ports.Clamd}");
        Check(clamd, Answers.Clamd(ports.Clamd));

        var mail = Script("mail", "mail.sh", ports.Smtp, "smtp", $"{ports.Smtp}", $"{installation.MailPort}", maildev)
            .WithHttpEndpoint(port: installation.MailPort, isProxied: false);
        Check(mail, Answers.Smtp(ports.Smtp));

        if (installation.Ephemeral)
        {
            // Ends last, when nobody needs the folder any more, and takes it away.
            var folder = builder.AddExecutable(
                "temporary-data",
                "bash",
                scripts,
                Path.Combine(scripts, "temporary-data.sh"),
                data
            );
            foreach (var server in new[] { postgres, rabbit, storage, clamd, mail })
                server.WaitForStart(folder);
        }

        return new(
            service =>
            {
                databases.Add(service);
                return Reached(
                    postgres,
                    $"{service}-db",
                    ReferenceExpression.Create($"{Address()};Password={databasePassword};Database={service}")
                );
            },
            Reached(
                rabbit,
                "amqp",
                ReferenceExpression.Create($"amqp://pedatt:{brokerPassword}@127.0.0.1:{ports.Rabbit.ToString()}")
            ),
            Reached(
                storage,
                "storage",
                ReferenceExpression.Create(
                    $"Endpoint=http://127.0.0.1:{ports.Storage.ToString()};AccessKey={accessKey};SecretKey={secretKey}"
                )
            ),
            Reached(clamd, "clamav", ReferenceExpression.Create($"tcp://127.0.0.1:{ports.Clamd.ToString()}")),
            Reached(mail, "smtp", ReferenceExpression.Create($"smtp://127.0.0.1:{ports.Smtp.ToString()}"))
        );
    }

    /// <summary>As Aspire does it for a database in a container.</summary>
    private static async Task CreateAsync(List<string> databases, string server, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancellation);
        await using var known = new NpgsqlCommand(
            "select coalesce(array_agg(datname::text), '{}') from pg_database",
            connection
        );
        foreach (var database in databases.Except((string[])(await known.ExecuteScalarAsync(cancellation))!))
        {
            await using var create = new NpgsqlCommand($"create database \"{database}\"", connection);
            await create.ExecuteNonQueryAsync(cancellation);
        }
    }
}
