using PedAtt.Internal;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Entries;
using PedAtt.Portfolio.Files;
using PedAtt.Portfolio.Reviews;
using PedAtt.Portfolio.Snapshots;
using PedAtt.Portfolio.Uploads;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("portfolio");
builder.AddDatabase<PortfolioDb>("portfolio");
builder.AddMessaging<PortfolioDb>("portfolio", bus => bus.AddConsumer<ApplicationDeletedConsumer>());
builder.AddInternalClient<ApplicationsClient>("applications");
builder.AddFileStorage("portfolio");

// a catalogue with a mistake in it stops the start, not the first request
builder.Services.AddSingleton(Catalogue.Load());
builder.Services.AddScoped<PortfolioWriter>().AddScoped<ResumableUploads>();
builder.Services.AddHostedService<PendingScans>().AddHostedService<Sweeper>();
builder.WebHost.ConfigureKestrel(kestrel =>
    kestrel.Limits.MaxRequestBodySize = UploadForm.MaxRequestBytes + (1024 * 1024)
);

var app = builder.Build();
if (await app.RanCommandAsync<PortfolioDb>(args))
    return;
app.UseServiceDefaults();

var portfolios = app.MapGroup("/api/portfolios").WithTags("Portfolios");
GetCatalogue.Map(portfolios);
GetPortfolio.Map(portfolios);
AddEntry.Map(portfolios);
EditEntry.Map(portfolios);
DeleteEntry.Map(portfolios);
SingleFiles.Map(portfolios);
CreateUpload.Map(portfolios);
ContinueUpload.Map(portfolios);
GetFile.Map(portfolios);
ReviewBlock.Map(portfolios);
var @internal = app.MapInternal();
FreezePortfolio.Map(@internal);
CountReturned.Map(@internal);
ListReturnedBlocks.Map(@internal);

await app.RunAsync();
