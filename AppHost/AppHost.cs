using PedAtt.AppHost;
using PedAtt.AppHost.Servers;

var builder = DistributedApplication.CreateBuilder(Dashboard.Options(args));
builder.AddConsoleReport(); // warnings and errors of all that runs, and why something failed
var installation = Installation.Of(builder); // ports, data folder, secrets
var servers = ServerSet.AddTo(builder, installation); // containers, or local processes where no engine runs
var internalKey = installation.Secret("internal-key"); // signs the tokens from service to service
var databases = new Dictionary<string, Server>(); // each service's own
var migrations = new Dictionary<string, IResourceBuilder<ProjectResource>>();

var identity = Service<Projects.Identity>("identity").With(servers.Mail, "smtp");
var applications = Service<Projects.Applications>("applications");
var portfolio = Service<Projects.Portfolio>("portfolio")
    .With(servers.Storage, "storage")
    .With(servers.Scanner, "clamav");
var documents = Service<Projects.Documents>("documents")
    .With(servers.Storage, "storage")
    .With(servers.Scanner, "clamav");
var notifications = Service<Projects.Notifications>("notifications").With(servers.Mail, "smtp");

// Who asks whom. Everybody asks Identity for its keys and for sessions that have ended.
identity.WithReference(documents); // whose ЭЦП signs in
applications.WithReference(identity).WithReference(portfolio).WithReference(documents);
portfolio.WithReference(identity).WithReference(applications);
documents.WithReference(identity).WithReference(applications);
notifications.WithReference(identity).WithReference(applications);

// The pages: a client of the public API, which reaches it as everybody does.
var web = Scaled(Program<Projects.Web>("web"));

// The gateway's health is that of all services together. Not proxied, so that it sees who calls.
var gateway = Migrated<Projects.Gateway>("gateway")
    .WithReference(identity)
    .WithReference(applications)
    .WithReference(portfolio)
    .WithReference(documents)
    .WithReference(notifications)
    .WithReference(web)
    .WithHttpEndpoint(port: installation.Port, isProxied: false)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .OnResourceReady((_, _, ct) => installation.AnnounceAsync(ct));

web.WithReference(gateway);

// In Development an empty system gets a small tree, a person in each role and their keys, from a program that ends.
if (builder.ExecutionContext.IsRunMode && installation.EnvironmentName == "Development")
    gateway.WaitForCompletion(
        Program<Projects.Demonstration>("demonstration")
            .With(databases["identity"], "identity")
            .WaitForCompletion(migrations["identity"])
    );

builder.Build().Run();

IResourceBuilder<ProjectResource> Service<TProject>(string name)
    where TProject : IProjectMetadata, new() => Scaled(Migrated<TProject>(name).With(servers.Broker, "rabbitmq"));

// Several replicas share one address, which Aspire's proxy spreads over them; one alone is reached without it.
IResourceBuilder<ProjectResource> Scaled(IResourceBuilder<ProjectResource> service)
{
    var replicas = installation.Replicas(service.Resource.Name);
    return (
        replicas == 1
            ? service.WithHttpEndpoint(port: installation.NextPort(), isProxied: false)
            : service.WithHttpEndpoint()
    )
        .WithHttpHealthCheck("/health/ready")
        .WithReplicas(replicas);
}

// Each has a database of its own, brought to its schema by the same program before it starts.
IResourceBuilder<ProjectResource> Migrated<TProject>(string name)
    where TProject : IProjectMetadata, new()
{
    var database = databases[name] = servers.Database(name);
    migrations[name] = Program<TProject>($"{name}-migrations")
        .WithArgs("--migrate")
        .With(database, name)
        // On an empty database the question for its history fails, as it must; a migration that fails says so and ends
        // with 1.
        .WithEnvironment("Logging__LogLevel__Microsoft.EntityFrameworkCore.Database.Command", "None");
    return Program<TProject>(name).With(database, name).WaitForCompletion(migrations[name]);
}

IResourceBuilder<ProjectResource> Program<TProject>(string name)
    where TProject : IProjectMetadata, new() =>
    installation
        .Tell(builder.AddProject<TProject>(name, launchProfileName: null).FromTheBuild(new TProject()))
        .WithEnvironment("Internal__Key", internalKey);
