using PedAtt.Documents.Data;
using PedAtt.Documents.Receipts;
using PedAtt.Documents.Register;
using PedAtt.Documents.Signing;
using PedAtt.Documents.Statements;
using PedAtt.Documents.Trust;
using PedAtt.Internal;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("documents");
builder.AddDatabase<DocumentsDb>("documents");
builder.AddInternalClient<ApplicationsClient>("applications");
builder.AddInternalClient<IdentityClient>("identity");
builder.AddFileStorage("documents");
builder.Services.AddSingleton(_ => TrustSettings.From(builder.Configuration, builder.Environment));
builder.Services.AddSingleton<TrustStore>();
builder.Services.AddSingleton(services =>
    RevocationSettings.From(builder.Configuration, services.GetRequiredService<TrustStore>().Profile)
);
RevocationSource.AddClient(builder.Services);
builder.Services.AddSingleton<RevocationSource>();
builder.Services.AddSingleton<SignatureExaminer>();
builder.Services.AddSingleton(new VerifyLinks(Authentication.PublicUrl(builder.Configuration)));
builder.Services.AddScoped<DocumentContents>();
builder.Services.AddScoped<DocumentRegister>();
builder.Services.AddScoped<DocumentSigner>();
builder.Services.AddHostedService<ScanWatch>();
builder.Services.AddHostedService<RevocationWatch>();
builder.WebHost.ConfigureKestrel(kestrel =>
    kestrel.Limits.MaxRequestBodySize = UploadForm.MaxRequestBytes + (1024 * 1024)
);

var app = builder.Build();
if (await app.RanCommandAsync<DocumentsDb>(args))
    return;

// a forbidden anchor stops the start, not the first signature
app.Services.GetRequiredService<TrustStore>().RequireAllowed();
app.UseServiceDefaults();

var documents = app.MapGroup("/api/documents").WithTags("Documents");
ListDocuments.Map(documents);
ReadStatement.Map(documents);
MakeStatement.Map(documents);
MakeReceipt.Map(documents);
GetContent.Map(documents);
GetEvidence.Map(documents);
SignDocument.Map(documents);
SignDocuments.Map(documents);
AttachScan.Map(documents);
VerifyDocument.Map(documents);
GetTrust.Map(documents);
var @internal = app.MapInternal();
FreezeDocuments.Map(@internal);
ExamineSignIn.Map(@internal);

await app.RunAsync();
