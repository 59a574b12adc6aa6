using System.Globalization;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;
using Choice = PedAtt.Web.Forms.Choice;

namespace PedAtt.Web.Pages.Filing;

/// <summary>
/// The guide's form «Создание заявки», new or changed: what it offers from the reference data, what stands there at
/// first, and what it sends. The rules are the API's.
/// </summary>
/// <param name="used">Years for which the reader has an application already: none of them stands chosen at
/// first.</param>
public sealed class ApplicationForm(
    Reference reference,
    Texts texts,
    DateOnly today,
    Application? stored,
    Account account,
    IReadOnlySet<int>? used = null
)
{
    /// <summary>What the select sends for «Без категории»: an empty choice would look like a forgotten one.</summary>
    public const string WithoutCategory = "none";

    public Application? Stored => stored;

    /// <summary>Where the Rules stand that are acknowledged.</summary>
    public string RulesUrl =>
        $"https://adilet.zan.kz/{(texts.Language == Language.Kazakh ? "kaz" : "rus")}/docs/V1600013317";

    public IReadOnlyList<Choice> Years
    {
        get
        {
            var current = today.Month >= 9 ? today.Year + 1 : today.Year;
            return
            [
                .. new[] { current, current + 1 }
                    .Concat(stored is null ? [] : [stored.AttestationYear])
                    .Distinct()
                    .Order()
                    .Select(year => new Choice(
                        year.ToString(CultureInfo.InvariantCulture),
                        texts["application.year", year - 1, (year % 100).ToString("00", texts.Culture)]
                    )),
            ];
        }
    }

    public string? Year =>
        stored?.AttestationYear.ToString(CultureInfo.InvariantCulture)
        ?? Years
            .FirstOrDefault(year => used?.Contains(int.Parse(year.Value, CultureInfo.InvariantCulture)) != true)
            ?.Value;

    public IReadOnlyList<Choice> StatementForms => Offered(reference.StatementForms);

    public IReadOnlyList<Choice> AttestationKinds => Offered(reference.AttestationKinds);

    public IReadOnlyList<Entry> Positions => [.. reference.Positions.Where(one => one.IsValid(today))];

    public IReadOnlyList<Choice> CurrentCategories =>
        [
            new(WithoutCategory, texts["category.none"]),
            .. reference
                .Categories.Where(one => one.IsValid(today))
                .Select(one => new Choice(one.Key, texts.Name(one.Name))),
        ];

    public IReadOnlyList<Choice> ClaimedCategories =>
        [
            .. reference
                .Categories.Where(one => one.Claimable && one.IsValid(today))
                .Select(one => new Choice(one.Key, texts.Name(one.Name))),
        ];

    /// <summary>
    /// For each current category: does it end some day, and which are below it. A script hides what makes no sense;
    /// without one all is offered, and the API says what cannot be.
    /// </summary>
    public object Ladder =>
        reference
            .Categories.Where(one => one.IsValid(today))
            .ToDictionary(
                one => one.Key,
                one => new
                {
                    ends = one.Claimable || one.Ladder == "legacy",
                    below = reference
                        .Categories.Where(other =>
                            other.Claimable && other.Ladder == one.Ladder && other.Order < one.Order
                        )
                        .Select(other => other.Key),
                }
            );

    public string? CurrentCategory => stored is null ? null : stored.CurrentCategory ?? WithoutCategory;

    public IReadOnlyList<Choice> Subjects =>
        [
            .. Offered(reference.Subjects)
                .OrderBy(one => one.Text, StringComparer.Create(texts.Culture, ignoreCase: true)),
        ];

    /// <summary>The names in the other language too, so that either finds its subject.</summary>
    public IReadOnlyDictionary<string, string> SubjectNames =>
        reference.Subjects.ToDictionary(one => one.Key, one => $"{one.Name.Kk} {one.Name.Ru}");

    public string Email => stored?.Email ?? account.Email;

    public string Phone =>
        (stored?.Phone ?? account.Phone) is { Length: > 2 } phone && phone.StartsWith("+7", StringComparison.Ordinal)
            ? phone[2..]
            : stored?.Phone ?? account.Phone;

    /// <summary>The body of POST / and PUT /{id}.</summary>
    public static object Read(IFormCollection form)
    {
        var current = Text("currentCategory");
        var notSubjectTeacher = form["notSubjectTeacher"] == CheckBoxTagHelper.Ticked;
        return new
        {
            attestationYear = int.TryParse(
                Text("attestationYear"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var year
            )
                ? year
                : (int?)null,
            statementForm = Text("statementForm"),
            positionRu = Text("positionRu"),
            positionKk = Text("positionKk"),
            attestationKind = Text("attestationKind"),
            // Nothing chosen is no "without a category": a key that no list has is refused with all else that is wrong.
            currentCategory = current switch
            {
                WithoutCategory => null,
                null => "unanswered",
                _ => current,
            },
            currentCategoryValidUntil = current is null or WithoutCategory
                ? null
                : DateInput.Read(form, "currentCategoryValidUntil"),
            claimedCategory = Text("claimedCategory"),
            email = Text("email"),
            phone = PhoneOf(Text("phone")),
            subjects = form["subjects"].OfType<string>(),
            notSubjectTeacher,
            about = Text("about"),
            rulesAcknowledged = form["rulesAcknowledged"] == CheckBoxTagHelper.Ticked,
        };

        string? Text(string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>«8 (701) 000-00-00», «+7 701…» or ten digits: all are one number. What is none goes on as it is, for
    /// the API to say so.</summary>
    public static string? PhoneOf(string? typed)
    {
        if (typed is null)
            return null;
        var digits = new string([.. typed.Where(char.IsAsciiDigit)]);
        return digits.Length switch
        {
            10 => "+7" + digits,
            11 when digits[0] is '7' or '8' => "+7" + digits[1..],
            _ => typed,
        };
    }

    private IReadOnlyList<Choice> Offered(IEnumerable<Entry> entries) =>
        [.. entries.Where(one => one.IsValid(today)).Select(one => new Choice(one.Key, texts.Name(one.Name)))];
}
