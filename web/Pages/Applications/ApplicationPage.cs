using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Applications;

/// <summary>A page of one application: what its address says, read from the API, and where its other pages
/// are.</summary>
public abstract class ApplicationPage : SitePage
{
    /// <summary>What is reviewed though it is no block of the catalogue.</summary>
    private static readonly string[] ownReviews = ["application", "identity-card"];

    [FromRoute]
    public Guid Id { get; set; }

    public Application Application { get; private set; } = null!;

    public Portfolio Portfolio { get; private set; } = null!;

    public Reference Reference { get; private set; } = null!;

    public Catalogue Catalogue { get; private set; } = null!;

    public ApplicationRoutes To => Routes.Application(Id);

    /// <summary>Where files may come in pieces, before the form that names them.</summary>
    public string Uploads => $"/api/portfolios/{Id}/uploads";

    public string Number => T["application.number", Application.Number];

    protected async Task LoadApplicationAsync()
    {
        var reference = ReferenceAsync();
        Application = await Api.GetAsync<Application>($"/api/applications/{Id}");
        Reference = await reference;
    }

    protected async Task LoadPortfolioAsync()
    {
        var catalogue = CatalogueAsync();
        var portfolio = Api.GetAsync<Portfolio>($"/api/portfolios/{Id}");
        await LoadApplicationAsync();
        Portfolio = await portfolio;
        Catalogue = await catalogue;
    }

    protected async Task<IReadOnlyList<Document>> DocumentsAsync() =>
        (await Api.GetAsync<Page<Document>>($"/api/documents/applications/{Id}?limit=200")).Items;

    /// <summary>Where a thing that the API names can be mended: a block, the ID card, or the application's own
    /// data.</summary>
    public string PlaceOf(string block) =>
        block switch
        {
            "identity-card" => To.IdentityCard,
            "application" => To.Edit,
            _ => To.Block(block),
        };

    public string NameOf(string block) =>
        block switch
        {
            "identity-card" or "photo" or "application" => T[$"block.{block}"],
            _ => Catalogue.Block(block) is { } definition ? T.Name(definition.Name) : T["block.unknown"],
        };

    public string CategoryName(string? key) => key is null ? T["category.none"] : T.Name(Reference.Category(key));

    public string SchoolYear(int year) => T["application.year", year - 1, (year % 100).ToString("00", T.Culture)];

    /// <summary>What the teacher can change now, as the API keeps it: everything, or what was returned.</summary>
    public bool IsOpen(string block)
    {
        if (Portfolio.Locked)
            return false;
        return !Application.IsReturned || ReviewOf(block) is { Verdict: "returned" };
    }

    public Review? ReviewOf(string block) =>
        Portfolio.Reviews.TryGetValue(block == "photo" ? "identity-card" : block, out var reviewed)
            ? reviewed.Review
            : Portfolio.Block(block)?.Review;

    public string StateOf(string block) =>
        Portfolio.Reviews.TryGetValue(block, out var reviewed) ? reviewed.Status : Portfolio.Block(block)!.Status;

    /// <summary>The blocks that came back in the last round, mended or not, in the order of the portfolio.</summary>
    public IReadOnlyList<string> Returned() =>
        [
            .. ownReviews
                .Concat(Portfolio.Sections.SelectMany(section => section.Blocks).Select(block => block.Key))
                .Where(key => ReviewOf(key) is { Verdict: "returned" }),
        ];

    /// <summary>
    /// What is between the teacher and the secretary, each with the way to it: from the facts of the API, which has the
    /// last word when the application is sent.
    /// </summary>
    protected void Require(IEnumerable<string> missing, IEnumerable<string> unchanged, bool signed)
    {
        foreach (var block in missing)
            Form.Add(PlaceOf(block), T["send.missing", NameOf(block)]);
        foreach (var block in unchanged)
            Form.Add(PlaceOf(block), T["send.unchanged", NameOf(block)]);
        if (!signed)
            Form.Add(To.Check, T["send.not-signed"]);
    }

    /// <summary>What is wrong with a file; of a phone's own format also how to make the phone send another.</summary>
    protected void ComplainOfFile(ApiProblemException problem) =>
        Form.Add(
            "file",
            Request.Form.Files.Any(file => Path.GetExtension(file.FileName).ToLowerInvariant() is ".heic" or ".heif")
                ? T["error.file.heic"]
                : $"{problem.Title}. {problem.Detail}"
        );

    protected static bool IsSigned(IEnumerable<Document> documents) =>
        documents.Any(document =>
            document is { Kind: "statement", IsCurrent: true }
            && document.Signatures.Any(one => one.Verdict != "invalid")
        );

    protected IEnumerable<string> Unchanged() =>
        Application.IsReturned ? Returned().Where(block => StateOf(block) == "returned") : [];
}
