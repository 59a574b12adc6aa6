using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Queues;

/// <summary>What the signed-in user finds in lists: their own applications, and the queues of their roles.</summary>
public sealed partial class QueueReader(
    ApplicationsDb db,
    CurrentUser user,
    CurrentActor caller,
    ApplicationViews views,
    ReadingLog readings,
    RuleBook rules,
    TimeProvider clock
)
{
    public IReadOnlyList<Worklist> Worklists => [Worklist.OfTeacher(user.Id), .. Worklist.Of(caller.Roles)];

    /// <summary>The filters of the query string; null where they can match nothing.</summary>
    /// <exception cref="Problem">400 validation: unknown-key, value.wrong-type</exception>
    public async Task<QueueFilter?> FilterAsync(HttpContext http, CancellationToken ct)
    {
        var query = http.Request.Query;
        var errors = new Errors();
        var statuses = query["status"]
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
            .Select(KebabCase.Parse<ApplicationStatus>)
            .ToList();
        if (statuses.Contains(null))
            errors.Add("status", FieldCodes.UnknownKey);
        var year = 0;
        if (
            Text("year") is { } yearText
            && !int.TryParse(yearText, NumberStyles.None, CultureInfo.InvariantCulture, out year)
        )
            errors.Add("year", FieldCodes.ValueWrongType);
        var category = Text("category");
        if (category is not null && !rules.Reference.Categories.Any(one => one.Key == category))
            errors.Add("category", FieldCodes.UnknownKey);
        Guid organisationId = default;
        if (Text("organisationId") is { } idText && !Guid.TryParse(idText, out organisationId))
            errors.Add("organisationId", FieldCodes.UnknownKey);
        var overdue = false;
        if (Text("overdue") is { } overdueText && !bool.TryParse(overdueText, out overdue))
            errors.Add("overdue", FieldCodes.ValueWrongType);
        errors.ThrowIfAny();

        var number = Text("number");
        if (number is not null && !NumberShape().IsMatch(number))
            return null;
        (Level, Guid)? territory = null;
        if (Text("organisationId") is not null)
        {
            // An organisation that no application ever came from is not among our copies.
            var organisation = await db
                .Organisations.AsNoTracking()
                .SingleOrDefaultAsync(one => one.Id == organisationId, ct);
            if (organisation is null)
                return null;
            territory = (organisation.Level, organisation.Id);
        }
        return new(
            statuses.Count > 0 ? [.. statuses.Select(status => status!.Value)] : null,
            Text("year") is null ? null : year,
            category,
            territory,
            number,
            overdue ? rules.Days.OverdueBefore(clock.Now()) : null
        );

        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>Whole applications, in the order of the ids.</summary>
    public async Task<IReadOnlyList<ApplicationView>> ShowAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var read = await db.ShownApplications.Where(application => ids.Contains(application.Id)).ToListAsync(ct);
        var places = ids.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        // One that was moved out of sight since its id was read is left out.
        Application[] seen =
        [
            .. read.Where(application => Visibility.Seen(application, user.Id, caller.Roles).Count > 0)
                .OrderBy(application => places[application.Id]),
        ];
        await readings.NoteAsync("application", seen, ct);
        return await views.OfAsync(seen, ct);
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{6,18}\z")]
    private static partial Regex NumberShape();
}
