using MassTransit;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PedAtt.Identity;
using PedAtt.Internal;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("identity");
builder.AddDatabase<IdentityDb>("identity");
builder.AddMessaging<IdentityDb>("identity", bus => bus.AddConsumers(typeof(ApplicationForwardedConsumer).Assembly));
builder.Services.AddIdentityCore<User>(AccountOptions.Configure).AddEntityFrameworkStores<IdentityDb>();
builder.Services.AddSingleton<SigningKeys>();
builder.Services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(services =>
    services.GetRequiredService<SigningKeys>()
);
builder.Services.AddSingleton<IEndedSessions, EndedSessionsInDatabase>();
builder
    .Services.AddScoped<Sessions>()
    .AddScoped<Administration>()
    .AddScoped<SignInAttempts>()
    .AddScoped<UnprovenAccounts>();
builder.AddInternalClient<DocumentsClient>("documents");
builder.Services.AddSingleton<MailServer>().AddHostedService<PasswordEmails>().AddHostedService<IdentityHousekeeping>();

var app = builder.Build();
if (await CreateAdministrator.RanAsync(app, args) || await app.RanCommandAsync<IdentityDb>(args))
    return;
if (await SafeStart.RefusedAsync(app))
    return;
app.UseServiceDefaults();

Discovery.Map(app);
var identity = app.MapGroup("/api/identity").WithTags("Identity");
IssueLogin.Map(identity);
ImportLogins.Map(identity);
Register.Map(identity);
SignInWithPassword.Map(identity);
SignInWithEds.Map(identity);
SignOut.Map(identity);
RefreshTokens.Map(identity);
ForgotPassword.Map(identity);
ResetPassword.Map(identity);
GetOwnAccount.Map(identity);
ChangeOwnAccount.Map(identity);
ListSecurityEvents.Map(identity);
ListPeople.Map(identity);
GetPerson.Map(identity);
BlockPerson.Map(identity);
UnblockPerson.Map(identity);
CorrectPerson.Map(identity);
ClosePerson.Map(identity);
ChangeRoles.Map(identity);
ListOrganisations.Map(identity);
ListUnstaffed.Map(identity);
GetOrganisation.Map(identity);
AddOrganisation.Map(identity);
CorrectOrganisation.Map(identity);

var services = app.MapInternal();
AnswerPerson.Map(services);
AnswerPeopleInRole.Map(services);
AnswerPeopleUnder.Map(services);
AnswerOrganisation.Map(services);
AnswerEndedSessions.Map(services);

await app.RunAsync();
