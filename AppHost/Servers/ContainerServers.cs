namespace PedAtt.AppHost.Servers;

/// <summary>The servers as containers, with Aspire's own integrations: where an engine runs, and in what is
/// published.</summary>
internal static class ContainerServers
{
    public static ServerSet AddTo(IDistributedApplicationBuilder builder, Installation installation)
    {
        var publishing = builder.ExecutionContext.IsPublishMode;
        var postgres = builder.AddPostgres(
            "postgres",
            password: installation.Secret("database-password", bytes: 24, hex: true)
        );
        var rabbit = builder.AddRabbitMQ(
            "rabbitmq",
            password: installation.Secret("broker-password", bytes: 24, hex: true)
        );

        var accessKey = installation.Secret("storage-access-key", bytes: 10, hex: true);
        var secretKey = installation.Secret("storage-secret-key", bytes: 20, hex: true);
        var storage = builder
            .AddContainer("object-storage", "minio/minio", "RELEASE.2025-09-07T16-13-09Z")
            .WithArgs("server", "/data")
            .WithEnvironment("MINIO_ROOT_USER", accessKey)
            .WithEnvironment("MINIO_ROOT_PASSWORD", secretKey)
            .WithHttpEndpoint(targetPort: 9000)
            .WithHttpHealthCheck("/minio/health/live");

        // It loads its signatures for minutes; until then the services say "not scanned yet".
        var clamd = builder
            .AddContainer("clamd", "clamav/clamav", "1.4")
            .WithEndpoint(targetPort: 3310, scheme: "tcp", name: "tcp");

        if (!installation.Ephemeral)
        {
            postgres.WithDataVolume();
            rabbit.WithDataVolume();
            storage.WithVolume("pedatt-object-storage", "/data");
            clamd.WithVolume("pedatt-clamav", "/var/lib/clamav");
        }

        return new(
            service =>
            {
                var database = postgres.AddDatabase($"{service}-db", service);
                return new(database, database);
            },
            new(rabbit, rabbit),
            new(
                storage,
                builder.AddConnectionString(
                    "storage",
                    ReferenceExpression.Create(
                        $"Endpoint={storage.GetEndpoint("http").Property(EndpointProperty.Url)};AccessKey={accessKey};SecretKey={secretKey}"
                    )
                )
            ),
            new(
                clamd,
                builder.AddConnectionString(
                    "clamav",
                    ReferenceExpression.Create($"{clamd.GetEndpoint("tcp").Property(EndpointProperty.Url)}")
                )
            ),
            publishing ? OperatorsMail(builder) : MailSink(builder, installation)
        );
    }

    private static Server OperatorsMail(IDistributedApplicationBuilder builder)
    {
        var smtp = builder.AddConnectionString("smtp");
        return new(smtp, smtp);
    }

    private static Server MailSink(IDistributedApplicationBuilder builder, Installation installation)
    {
        var mail = builder
            .AddContainer("mail", "maildev/maildev", "2.1.0")
            .WithHttpEndpoint(port: installation.MailPort, targetPort: 1080)
            .WithEndpoint(targetPort: 1025, scheme: "smtp", name: "smtp");
        return new(
            mail,
            builder.AddConnectionString(
                "smtp",
                ReferenceExpression.Create($"{mail.GetEndpoint("smtp").Property(EndpointProperty.Url)}")
            )
        );
    }
}
