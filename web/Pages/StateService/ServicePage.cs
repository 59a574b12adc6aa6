using PedAtt.Web.Pages.Desk;

namespace PedAtt.Web.Pages.StateService;

/// <summary>A page of the executor about one application.</summary>
public abstract class ServicePage : DossierPage
{
    protected override string Part => Routes.Service;

    protected override IReadOnlyList<string> Readers => [Roles.Executor];

    /// <summary>The receipt of what was sent last is signed, as far as anybody knows.</summary>
    public bool IsSigned => Dossier.Receipt?.Signatures.Any(one => one.Verdict != "invalid") == true;

    public bool IsRefusal => Dossier.Receipt?.Kind == "refusal-receipt";

    protected void Title(string text) => ViewData["Title"] = $"{text} — {Application.Number}";
}
