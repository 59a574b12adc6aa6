using MassTransit;
using PedAtt.Internal;
using PedAtt.Notifications.Consumers;
using PedAtt.Notifications.Data;
using PedAtt.Notifications.Email;
using PedAtt.Notifications.Features;
using PedAtt.Notifications.Stream;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("notifications");
builder.AddDatabase<NotificationsDb>("notifications");
builder.AddMessaging<NotificationsDb>("notifications", bus => bus.AddConsumers(typeof(Telling).Assembly));
builder.AddInternalClient<IdentityClient>("identity");
builder.AddInternalClient<ApplicationsClient>("applications");
builder.AddInternalClient<ApplicationsClient>("applications");
builder.AddInternalClient<PortfolioClient>("portfolio");
builder.Services.AddScoped<Telling>().AddScoped<ReadersLanguage>().AddSingleton<MailServer>();
builder.Services.AddSingleton<NotificationFeed>().AddHostedService(services => services.GetRequiredService<NotificationFeed>());
builder.Services.Configure<MailOptions>(builder.Configuration.GetSection("Mail")).AddHostedService<LetterSender>();

var app = builder.Build();
if (await app.RanCommandAsync<NotificationsDb>(args))
    return;
app.UseServiceDefaults();

var notifications = app.MapGroup("/api/notifications").WithTags("Notifications");
ListNotifications.Map(notifications);
ReadNotification.Map(notifications);
ChangePreferences.Map(notifications);
StreamNotifications.Map(notifications);
PreviewNotification.Map(notifications);
RetryFailures.Map(notifications);

await app.RunAsync();
