using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Access;

/// <summary>The way in with a key instead of a password: a text of Identity's is signed, once, and becomes a session.</summary>
[OpenPage]
public sealed class SignInWithEdsModel(IConfiguration configuration, IHostEnvironment environment, CommonData common) : AccessPage
{
    public NcaLayerForm Nca { get; private set; } = null!;

    private sealed record Given(Guid Id, string Challenge);

    public Task OnGetAsync() => LoadAsync(Request.Query["return"].ToString());

    public async Task<IActionResult> OnPostAsync()
    {
        var wanted = Request.Form["return"].ToString();
        var (id, cms) = (Request.Form["challengeId"].ToString(), Request.Form["cms"].ToString());
        if (await SignInAsync(new { eds = new { challengeId = Guid.TryParse(id, out var known) ? known : (Guid?)null, cms } }) is not null)
            return SeeOther(Url.IsLocalUrl(wanted) ? wanted : "/");
        // A text is good once: the next try signs another.
        await LoadAsync(wanted);
        return Again();
    }

    private async Task LoadAsync(string wanted)
    {
        var given = await Api.PostAsync<Given>("/api/identity/eds/challenge");
        Nca = new(string.Join(' ', NcaLayer.Addresses(configuration, environment)), await common.IsTestProfileAsync(Api), [])
        {
            Content = given.Challenge,
            Fields = new Dictionary<string, string>
            {
                ["challengeId"] = given.Id.ToString(),
                ["return"] = Url.IsLocalUrl(wanted) ? wanted : "/",
            },
            Start = T["sign-in.eds"],
        };
        Response.Headers.CacheControl = "no-store";
    }
}
