using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Data;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Categories;

/// <summary>What was awarded before, as a spreadsheet saves it: kept by IIN, also of who has not registered
/// yet.</summary>
public static class ImportCategories
{
    private const int MostBytes = 4 * 1024 * 1024;
    private const int MostRows = 20_000;

    private static readonly string[] Columns = ["iin", "category", "from", "until", "orderNumber", "orderDate"];

    private sealed record Award(
        string Iin,
        string Category,
        DateOnly From,
        DateOnly? Until,
        string OrderNumber,
        DateOnly OrderDate
    );

    public static void Map(IEndpointRouteBuilder categories) =>
        categories
            .MapPost("import", Handle)
            .WithIdempotency()
            .WithSummary("Record what was awarded before, from a CSV, or try it with ?dryRun=true");

    public static async Task<Ok<ImportAnswer>> Handle(
        HttpContext http,
        ApplicationsDb db,
        CurrentUser user,
        RuleBook rules,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        RequireImporter(user);
        var dryRun = CsvBody.IsDryRun(http);
        var lines = await CsvBody.ReadAsync(http, Columns, MostBytes, MostRows, ct);
        var (today, now) = (Almaty.Today(clock), clock.Now());
        var rows = new List<(int Line, Award? Award, Errors Errors)>();
        for (var i = 1; i < lines.Count; i++)
        {
            if (lines[i].All(string.IsNullOrWhiteSpace))
                continue;
            var errors = new Errors();
            rows.Add((i + 1, Read(lines[i], rules.Reference, today, errors), errors));
        }
        return TypedResults.Ok(
            await db.InTransactionAsync(
                async () =>
                {
                    // One import at a time: two of the same file are one.
                    await db.Database.ExecuteSqlAsync(
                        $"select pg_advisory_xact_lock(hashtext('category-records'))",
                        ct
                    );
                    var answers = await KeepAsync(rows, db, user.Id, now, dryRun, ct);
                    if (!dryRun)
                        await db.SaveChangesAsync(ct);
                    return new ImportAnswer(dryRun, answers);
                },
                ct
            )
        );
    }

    /// <summary>Who administers one school alone could write a category for anybody.</summary>
    private static void RequireImporter(CurrentUser user)
    {
        if (!user.Assignments.Any(one => one.Role == Roles.Administrator && one.Level != Levels.Organisation))
            throw Problem.NotAllowed();
    }

    private static Award? Read(IReadOnlyList<string> line, ReferenceData reference, DateOnly today, Errors errors)
    {
        var cells = new ImportedCells(Columns, line, errors);
        if (!cells.CheckWhole())
            return null;
        var iin = cells.Iin("iin");
        var category = cells.Key("category", key => reference.Categories.Any(one => one.Key == key));
        var from = cells.Day("from");
        var number = cells.Required("orderNumber", 100);
        var date = cells.Day("orderDate");
        if (from > today)
            errors.Add("from", Codes.Field.DateInFuture);
        if (date > today)
            errors.Add("orderDate", Codes.Field.DateInFuture);
        // A trainee's or a plain teacher's post is no awarded category: it has no term.
        var term = errors.Has("category") ? null : reference.Category(category!).ValidYears;
        var until = cells.Day("until", required: term is not null);
        if (until < from)
            errors.Add("until", Codes.Field.UntilBeforeFrom);
        return errors.Any ? null : new(iin!, category!, from!.Value, until, number!, date!.Value);
    }

    private static async Task<IReadOnlyList<ImportedRow>> KeepAsync(
        IReadOnlyList<(int Line, Award? Award, Errors Errors)> rows,
        ApplicationsDb db,
        Guid by,
        DateTimeOffset now,
        bool dryRun,
        CancellationToken ct
    )
    {
        var iins = rows.Select(row => row.Award?.Iin).OfType<string>().Distinct().ToArray();
        // Two rows tell of one award where they name the person, the category and its first day alike.
        var known = await db
            .CategoryRecords.Where(record =>
                record.Iin != null
                && iins.Contains(record.Iin)
                && record.CorrectedAt == null
                && record.Basis == RecordBasis.BeforeCommissions
            )
            .ToDictionaryAsync(record => (record.Iin!, record.Category, record.From), ct);
        var answers = new List<ImportedRow>();
        foreach (var (line, award, errors) in rows)
        {
            if (award is null)
            {
                answers.Add(ImportedRow.Refused(line, errors));
                continue;
            }
            var key = (award.Iin, award.Category, award.From);
            var before = known.GetValueOrDefault(key);
            if (
                before is not null
                && (before.Until, before.OrderNumber, before.OrderDate)
                    == (award.Until, award.OrderNumber, award.OrderDate)
            )
            {
                answers.Add(ImportedRow.Of(line, RowOutcome.Unchanged, before.Id));
                continue;
            }
            var record = new CategoryRecord
            {
                Id = Guid.CreateVersion7(now),
                Iin = award.Iin,
                Category = award.Category,
                From = award.From,
                Until = award.Until,
                Basis = RecordBasis.BeforeCommissions,
                OrderNumber = award.OrderNumber,
                OrderDate = award.OrderDate,
                RecordedAt = now,
                RecordedById = by,
                AnnulledAt = before?.AnnulledAt,
            };
            known[key] = record;
            if (!dryRun)
            {
                db.CategoryRecords.Add(record);
                before?.CorrectedAt = now;
            }
            answers.Add(
                ImportedRow.Of(
                    line,
                    before is null ? RowOutcome.Added : RowOutcome.Superseded,
                    dryRun ? before?.Id : record.Id
                )
            );
        }
        return answers;
    }
}
