using PedAtt.Applications.Access;
using PedAtt.Applications.Categories;
using PedAtt.Applications.Commission;
using PedAtt.Applications.Data;
using PedAtt.Applications.Filing;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.People;
using PedAtt.Applications.Queues;
using PedAtt.Applications.Rules;
using PedAtt.Internal;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("applications");
builder.AddDatabase<ApplicationsDb>("applications");
builder.AddMessaging<ApplicationsDb>(
    "applications",
    bus =>
    {
        bus.AddConsumer<OrganisationChangedConsumer>();
        bus.AddConsumer<PersonProvenConsumer>();
    }
);
builder.AddInternalClient<PortfolioClient>("portfolio");
builder.AddInternalClient<DocumentsClient>("documents");
builder.AddInternalClient<IdentityClient>("identity");
builder
    .Services.AddSingleton(RuleBook.Shipped())
    .AddScoped<CurrentActor>()
    .AddScoped<Transitions>()
    .AddScoped<QueueReader>()
    .AddScoped<ReadingLog>()
    .AddScoped<ApplicationViews>()
    .AddScoped<KnownPeople>()
    .AddScoped<CategoryRecords>()
    .AddHostedService<TeachersOfBefore>();

var app = builder.Build();
if (await app.RanCommandAsync<ApplicationsDb>(args))
    return;
app.UseServiceDefaults();

var applications = app.MapGroup("/api/applications").WithTags("Applications");
GetReference.Map(applications);
CreateApplication.Map(applications);
ListApplications.Map(applications);
SearchApplications.Map(applications);
SummariseApplications.Map(applications);
GetApplication.Map(applications);
EditApplication.Map(applications);
DeleteApplication.Map(applications);
SubmitApplication.Map(applications);
ReturnApplication.Map(applications);
ForwardApplication.Map(applications);
AcceptApplication.Map(applications);
RefuseApplication.Map(applications);
SendApplicationToCommission.Map(applications);
DecideApplication.Map(applications);
ListSubmissions.Map(applications);

var categories = app.MapGroup("/api/categories").WithTags("The record of categories");
ListOwnCategories.Map(categories);
ListCategories.Map(categories);
ImportCategories.Map(categories);
KeepCategory.Map(categories);

var @internal = app.MapInternal();
AccessApplication.Map(@internal);
PreviewMove.Map(@internal);

await app.RunAsync();
