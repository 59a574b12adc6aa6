using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PedAtt.Identity.Access;
using PedAtt.Identity.Data;
using PedAtt.Identity.Demonstration;
using PedAtt.Identity.Features;
using PedAtt.Identity.Mail;
using PedAtt.Identity.Tokens;
using PedAtt.Internal;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("identity");
builder.AddDatabase<IdentityDb>("identity");
builder.AddMessaging<IdentityDb>("identity");
builder.Services.AddIdentityCore<User>(People.Configure).AddEntityFrameworkStores<IdentityDb>();
builder.Services.AddSingleton<SigningKeys>();
builder.Services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(services => services.GetRequiredService<SigningKeys>());
builder.Services.AddSingleton<IEndedSessions, EndedSessionsInDatabase>();
builder.Services.AddScoped<Sessions>().AddScoped<Administration>().AddScoped<SignInAttempts>();
builder.AddInternalClient<DocumentsClient>("documents");
builder.Services.AddHostedService<PasswordLetters>().AddHostedService<IdentityHousekeeping>();

var app = builder.Build();
if (await CreateAdministrator.RanAsync(app, args) || await app.RanCommandAsync<IdentityDb>(args))
    return;
if (app.Environment.IsDevelopment())
    await DemonstrationSet.MakeAsync(app);
app.UseServiceDefaults();

Discovery.Map(app);
var identity = app.MapGroup("/api/identity").WithTags("Identity");
IssueLogin.Map(identity);
ImportLogins.Map(identity);
Register.Map(identity);
SignIn.Map(identity);
SignInWithEds.Map(identity);
OwnAccount.Map(identity);
Passwords.Map(identity);
OrganisationTreeCalls.Map(identity);
Users.Map(identity);
InternalAnswers.Map(app.MapInternal());

await app.RunAsync();
