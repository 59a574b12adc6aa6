using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;
using PedAtt.Web.Pages.Desk;
using Choice = PedAtt.Web.Forms.Choice;

namespace PedAtt.Web.Pages.Commission;

/// <summary>The decision is written down, read once more as a whole, and made: it cannot be taken back.</summary>
public sealed class DecideModel : CommissionPage, IFormPage
{
    private static readonly string[] fields =
    [
        "outcome",
        "awardedCategory",
        "keepsCurrent",
        "protocolNumber",
        "protocolDate.day",
        "protocolDate.month",
        "protocolDate.year",
        "reason",
    ];

    private Reference reference = null!;

    public bool Confirming { get; private set; }

    public IEnumerable<Choice> Outcomes =>
        ApplicationStatus.Outcomes.Select(outcome => new Choice(
            outcome,
            T["status." + outcome],
            T[$"commission.outcome.{outcome}"]
        ));

    /// <summary>What may be awarded: the claimed one and those below it.</summary>
    public IEnumerable<Choice> Categories
    {
        get
        {
            var claimed = reference.Categories.First(one => one.Key == Application.ClaimedCategory);
            return reference
                .Categories.Where(one => one.Ladder == claimed.Ladder && one.Order <= claimed.Order)
                .OrderByDescending(one => one.Order)
                .Select(one => new Choice(one.Key, T.Name(one.Name)));
        }
    }

    public string Claimed => T.Name(reference.Category(Application.ClaimedCategory));

    public string Current =>
        Application.CurrentCategory is { } key ? T.Name(reference.Category(key)) : T["reading.data.no-category"];

    /// <summary>Sent along from the confirmation, as it was typed.</summary>
    public IEnumerable<KeyValuePair<string, string>> Typed =>
        fields.Where(Request.Form.ContainsKey).Select(name => KeyValuePair.Create(name, Request.Form[name].ToString()));

    public IReadOnlyList<ReadRow> Answers =>
        [
            .. new ReadRow[]
            {
                new(T["queue.teacher"], Application.Teacher.Name),
                new(T["commission.outcome"], T["status." + Text("outcome")]),
                new(T["commission.awarded"], Awarded),
                new(T["commission.keeps"], Request.Form["keepsCurrent"] == "true" ? T["commission.yes"] : null),
                new(T["commission.protocol-number"], Text("protocolNumber")),
                new(
                    T["commission.protocol-date"],
                    T.Day(DateOnly.Parse(DateInput.Read(Request.Form, "protocolDate")!, CultureInfo.InvariantCulture))
                ),
                new(T["commission.reason"], Text("reason")),
            }.Where(row => row.Text is not null),
        ];

    /// <summary>What was chosen, else what follows from the outcome.</summary>
    private string Awarded =>
        Text("awardedCategory") is { } key
            ? T.Name(reference.Category(key))
            : Text("outcome") switch
            {
                ApplicationStatus.Meets => Claimed,
                ApplicationStatus.OneLevelLower => Categories.ElementAtOrDefault(1)?.Text
                    ?? T["commission.awarded.none"],
                _ => T["commission.awarded.none"],
            };

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Application.Allows("decide") ? Page() : SeeOther(Dossier.To.Desk);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Request.Form["step"] == "back")
            return Page();
        Check();
        if (Form.HasErrors)
            return Again();
        if (Request.Form["step"] != "decide")
        {
            Confirming = true;
            ViewData["HasForm"] = false;
            return Page();
        }
        var decision = new
        {
            outcome = Text("outcome"),
            awardedCategory = Text("awardedCategory"),
            keepsCurrent = Request.Form["keepsCurrent"] == "true" ? true : (bool?)null,
            protocolNumber = Text("protocolNumber"),
            protocolDate = DateInput.Read(Request.Form, "protocolDate"),
            reason = Text("reason"),
        };
        return await TryAsync(() => Api.PostAsync($"/api/applications/{Id}/decide", decision))
            ? SeeOther(Dossier.To.Desk)
            : Again();
    }

    public async Task LoadAsync()
    {
        await ReadAsync();
        reference = await ReferenceAsync();
        ViewData["Title"] = $"{T["commission.decide"]} — {Application.Number}";
    }

    /// <summary>Nothing is confirmed that the API would refuse for its form; what it refuses for a rule is said after
    /// the confirmation.</summary>
    private void Check()
    {
        if (!ApplicationStatus.Outcomes.Contains(Text("outcome")))
            Form.Add("outcome", T["error.outcome.required"]);
        if (Text("awardedCategory") is { } awarded && Categories.All(one => one.Value != awarded))
            Form.AddCode("awardedCategory", "unknown-key");
        if (Text("protocolNumber") is not { } number)
            Form.Add("protocolNumber", T["error.protocolNumber.required"]);
        else if (TypedText.Length(number) > 50)
            Form.Add("protocolNumber", T["error.protocolNumber.field.too-long"]);
        var date = DateInput.Read(Request.Form, "protocolDate");
        if (date is null)
            Form.Add("protocolDate", T["error.protocolDate.required"]);
        else if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            Form.Add("protocolDate", T["error.protocolDate.date.invalid"]);
        if (Text("reason") is null && ApplicationStatus.NeedsReason(Text("outcome")))
            Form.Add("reason", T["error.reason.required"]);
        if (Text("reason") is { } why && TypedText.Length(why) > 2000)
            Form.Add("reason", T["error.reason.field.too-long"]);
    }

    private string? Text(string field) => Request.Form[field].ToString().Trim() is { Length: > 0 } text ? text : null;
}
