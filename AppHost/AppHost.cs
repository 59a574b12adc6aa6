using PedAtt.AppHost.Servers;

var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
{
    Args = args,
    DisableDashboard = Environment.GetEnvironmentVariable("PEDATT_DASHBOARD") == "false",
});
var installation = Installation.Of(builder);                    // ports, data folder, secrets
var servers = ServerSet.AddTo(builder, installation);           // containers, or local processes where no engine runs
var internalKey = installation.Secret("internal-key");          // signs the tokens from service to service
var databases = new Dictionary<string, Server>();               // each service's own

var identity = Service("identity", "../services/Identity/Identity.csproj")
    .With(servers.Mail, "smtp");
var applications = Service("applications", "../services/Applications/Applications.csproj");
var portfolio = Service("portfolio", "../services/Portfolio/Portfolio.csproj")
    .With(servers.Storage, "storage")
    .With(servers.Scanner, "clamav");
var documents = Service("documents", "../services/Documents/Documents.csproj")
    .With(servers.Storage, "storage")
    .With(servers.Scanner, "clamav");
var notifications = Service("notifications", "../services/Notifications/Notifications.csproj")
    .With(servers.Mail, "smtp");

// Who asks whom. Everybody asks Identity for its keys and for sessions that have ended.
identity.WithReference(documents);                              // whose ЭЦП signs in
applications.WithReference(identity).WithReference(portfolio).WithReference(documents);
portfolio.WithReference(identity).WithReference(applications);
documents.WithReference(identity).WithReference(applications);
notifications.WithReference(identity).WithReference(applications).WithReference(portfolio);

// The pages: a client of the public API, which reaches it as everybody does.
var web = installation.Tell(builder.AddProject("web", "../web/Web.csproj", launchProfileName: null))
    .WithEnvironment("Internal__Key", internalKey)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health/ready")
    .WithReplicas(installation.Replicas);

// The gateway's health is that of all services together.
var gateway = Migrated("gateway", "../gateway/Gateway.csproj")
    .WithReference(identity).WithReference(applications).WithReference(portfolio).WithReference(documents).WithReference(notifications)
    .WithReference(web)
    .WithHttpEndpoint(port: installation.Port)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .OnResourceReady((_, _, _) => installation.Announce());

web.WithReference(gateway);

// In Development an empty system gets a small tree, a person in each role and their keys, from a program that ends.
if (builder.ExecutionContext.IsRunMode && installation.EnvironmentName == "Development")
    gateway.WaitForCompletion(
        installation.Tell(builder.AddProject("demonstration", "../tools/Demonstration/Demonstration.csproj", launchProfileName: null))
            .With(databases["identity"], "identity")
            .WaitFor(identity));

builder.Build().Run();

IResourceBuilder<ProjectResource> Service(string name, string project) => Migrated(name, project)
    .With(servers.Broker, "rabbitmq")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health/ready")
    .WithReplicas(installation.Replicas);

// Each has a database of its own, brought to its schema by the same program before it starts.
IResourceBuilder<ProjectResource> Migrated(string name, string project)
{
    var database = databases[name] = servers.Database(name);
    var migrations = builder.AddProject($"{name}-migrations", project, launchProfileName: null).WithArgs("--migrate");
    var service = builder.AddProject(name, project, launchProfileName: null).WaitForCompletion(migrations);
    foreach (var process in new[] { migrations, service })
        installation.Tell(process).With(database, name).WithEnvironment("Internal__Key", internalKey);
    return service;
}
