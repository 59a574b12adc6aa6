using PedAtt.Web;
using PedAtt.ServiceDefaults;
using PedAtt.Web.Forms;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("web");
builder.Services.AddRazorPages();
builder.Services.AddSingleton<TextBook>();
builder.Services.AddScoped<PageLanguage>();
builder.Services.AddScoped<Texts>();
builder.Services.AddScoped<FormState>();

var app = builder.Build();
app.UseServiceDefaults();
app.MapStaticAssets().AllowAnonymous();
app.MapRazorPages().WithStaticAssets();
await app.RunAsync();
