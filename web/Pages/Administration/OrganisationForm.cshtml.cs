using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Administration;

/// <summary>An organisation's data: of this one, or of a new one below it.</summary>
public sealed class OrganisationFormModel : AdministrationPage, IFormPage
{
    private static readonly string[] required = ["nameKk", "nameRu", "kind", "bin", "kato"];

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string What { get; set; } = "";

    public bool IsNew => What == "new";

    /// <summary>The one to change, or the one over the new one.</summary>
    public Organisation Organisation { get; private set; } = null!;

    public async Task LoadAsync() => Organisation = await OrganisationAsync(Id);

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return IsNew && !OrganisationFields.LevelsBelow(Organisation.Level).Any() ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        // Left out is left as it is; emptied is a mistake.
        foreach (var field in required.Where(field => Typed(field) is null))
            Form.AddCode(field, "required");
        if (Form.HasErrors)
            return Again();
        var asked = new
        {
            parentId = IsNew ? Id : (Guid?)null,
            level = IsNew ? Typed("level") : null,
            kind = Typed("kind"),
            nameKk = Typed("nameKk"),
            nameRu = Typed("nameRu"),
            bin = Typed("bin"),
            kato = Typed("kato"),
            subordination = Typed("subordination"),
        };
        Organisation? saved = null;
        var done = await TryAsync(async () =>
            saved = IsNew
                ? await Api.PostAsync<Organisation>("/api/identity/organisations", asked, Form.Once)
                : await Api.PatchAsync<Organisation>($"/api/identity/organisations/{Id}", asked)
        );
        return done ? SeeOther(Routes.Organisation(saved!.Id) + "?saved=true") : Again();
    }
}
