using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Access;

/// <summary>The way in with a key instead of a password: a text of Identity's is signed, once, and becomes a
/// session.</summary>
[OpenPage]
public sealed class SignInWithEdsModel(IConfiguration configuration, IHostEnvironment environment, CommonData common)
    : AccessPage
{
    public NcaLayerForm Nca { get; private set; } = null!;

    private sealed record Given(Guid Id, string Challenge);

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var (id, cms) = (Request.Form["challengeId"].ToString(), Request.Form["cms"].ToString());
        // Nothing is signed yet: somebody comes from the password's page with a form to be kept.
        if (
            id.Length > 0
            && await SignInAsync(
                new { eds = new { challengeId = Guid.TryParse(id, out var known) ? known : (Guid?)null, cms } }
            )
                is { } cookie
        )
            return await GoOnAsync(cookie, Wanted());
        // A text is good once: the next try signs another.
        await LoadAsync();
        return Again();
    }

    private async Task LoadAsync()
    {
        var given = await Api.PostAsync<Given>("/api/identity/eds/challenge");
        Nca = new(
            string.Join(' ', NcaLayer.Addresses(configuration, environment)),
            await common.IsTestProfileAsync(Api),
            []
        )
        {
            Content = given.Challenge,
            // The page may be shown in the place of the one whose form is kept.
            Action = Routes.SignInWithEds,
            Fields =
            [
                KeyValuePair.Create("challengeId", given.Id.ToString()),
                .. KeptForm.IsIn(Request)
                    ? KeptForm.Carry(Request, Wanted())
                    : [KeyValuePair.Create("return", Wanted())],
            ],
            Start = T["sign-in.eds"],
        };
        Response.Headers.CacheControl = "no-store";
    }
}
