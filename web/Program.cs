using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.Razor;
using PedAtt.Web;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("web", judgesTokens: false);

// What fails before or after a page is a page too, not JSON. Whose form it is the gateway has asked.
ProblemPage.Register(builder.Services, new ProblemPage(isPage: _ => true, isOurs: _ => true));
builder.Services.AddHttpContextAccessor();
builder.Services.AddSingleton<TextBook>();
builder.Services.AddSingleton<CommonData>();
builder.Services.AddScoped<PageLanguage>();
builder.Services.AddScoped<Texts>();
builder.Services.AddScoped<FormState>();
builder.Services.AddScoped<Reader>();
builder.Services.AddScoped<Refusals>();
builder.Services.AddScoped<PageFrame>();
PedAttApi.Add(builder);
builder.Services.AddRazorPages().AddMvcOptions(options => options.Filters.AddService<PageFrame>());

// A part is named with its folder: "Desk/_Viewer".
builder.Services.Configure<RazorViewEngineOptions>(razor => razor.PageViewLocationFormats.Add("/Pages/{0}.cshtml"));

// Kazakh and Russian letters as they are, not as numbers: a third of the bytes.
builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));

// The forms' token is the gateway's (PageFrame).
builder.Services.Configure<Microsoft.AspNetCore.Mvc.RazorPages.RazorPagesOptions>(pages =>
    pages.Conventions.ConfigureFilter(new Microsoft.AspNetCore.Mvc.IgnoreAntiforgeryTokenAttribute())
);
builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);

// Who may see what is for the API to say: a page shows what it gets.
builder.Services.AddAuthentication();
builder.Services.AddAuthorization();

// A form with files, where the browser runs no script.
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
builder.Services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = 64 * 1024 * 1024);
builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
    forwarded.ForwardedHeaders |= ForwardedHeaders.XForwardedHost
);

// Styles and scripts go out compressed as they were built, in Development too: there they would be packed anew, without
// compression.
builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";

var app = builder.Build();
app.UseResponseCompression();
app.UsePageHeaders();
app.UseServiceDefaults();
app.Use(
    (http, next) =>
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = http
            .RequestServices.GetRequiredService<PageLanguage>()
            .Culture;
        return next(http);
    }
);
app.MapStaticAssets();
app.MapRazorPages().WithStaticAssets();
app.MapFallbackToPage("/NotFound");
await app.RunAsync();
