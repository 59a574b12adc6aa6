using MassTransit;
using PedAtt.Internal;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("notifications");
builder.AddDatabase<NotificationsDb>("notifications");
builder.AddMessaging<NotificationsDb>("notifications", bus => bus.AddConsumers(typeof(NotificationWriter).Assembly));
builder.AddInternalClient<IdentityClient>("identity");
builder.AddInternalClient<ApplicationsClient>("applications");
builder.Services.AddScoped<NotificationWriter>().AddScoped<ReadersLanguage>().AddSingleton<MailServer>();
builder
    .Services.AddSingleton<NotificationFeed>()
    .AddHostedService(services => services.GetRequiredService<NotificationFeed>());
builder.Services.Configure<MailOptions>(builder.Configuration.GetSection("Mail")).AddHostedService<EmailSender>();

var app = builder.Build();
if (await app.RanCommandAsync<NotificationsDb>(args))
    return;
app.UseServiceDefaults();

var notifications = app.MapGroup("/api/notifications").WithTags("Notifications");
ListNotifications.Map(notifications);
ReadNotification.Map(notifications);
ReadAllNotifications.Map(notifications);
GetPreferences.Map(notifications);
ChangePreferences.Map(notifications);
StreamNotifications.Map(notifications);
PreviewNotification.Map(notifications);
ListFailures.Map(notifications);
RetryFailure.Map(notifications);

await app.RunAsync();
