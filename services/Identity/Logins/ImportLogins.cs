using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Logins;

/// <summary>A school's list of people, as a spreadsheet saves it:
/// <c>role,organisationBin,login,iin,fullName</c>.</summary>
public static class ImportLogins
{
    private const int MostBytes = 1024 * 1024;
    private const int MostRows = 5000;

    private static readonly string[] Columns = ["role", "organisationBin", "login", "iin", "fullName"];

    /// <param name="Line">As in the file, the heading being line 1.</param>
    /// <param name="Issued">False in a dry run, too; <paramref name="Codes"/> say whether it would have been.</param>
    /// <param name="Role">And <paramref name="FullName"/>: as the file says, so that each code is handed to its
    /// person.</param>
    /// <param name="Warnings">
    /// <c>iin.already-registered</c>: somebody has an account with this IIN already; <c>iin.twice</c>: it stands in
    /// this list before.
    /// </param>
    public sealed record Row(
        int Line,
        bool Issued,
        Guid? Id,
        string? Login,
        string? ActivationCode,
        IReadOnlyList<string> Codes,
        string? Role,
        string? FullName,
        IReadOnlyList<string> Warnings
    );

    public sealed record Response(bool DryRun, IReadOnlyList<Row> Rows);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPost("logins/import", Handle)
            .WithIdempotency()
            .WithSummary("Issue logins from a CSV, or try it with ?dryRun=true");

    public static async Task<Ok<Response>> Handle(
        HttpContext http,
        IdentityDb db,
        Administration administration,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        user.Require(Roles.Administrator);
        var dryRun = CsvBody.IsDryRun(http);
        var lines = await CsvBody.ReadAsync(http, Columns, MostBytes, MostRows, ct);

        var rows = new List<Row>();
        var asked = new List<(int Index, LoginRequest Request, Organisation Organisation)>();
        var organisations = await OrganisationsAsync(lines, db, ct);
        for (var i = 1; i < lines.Count; i++)
        {
            if (lines[i].All(string.IsNullOrWhiteSpace))
                continue;
            var (codes, request, organisation) = Check(lines[i], organisations, administration);
            if (codes.Count == 0)
                asked.Add((rows.Count, request!, organisation!));
            rows.Add(
                new(
                    i + 1,
                    Issued: false,
                    null,
                    dryRun ? request?.Login : null,
                    null,
                    codes,
                    Said(lines[i], 0),
                    Said(lines[i], 4),
                    []
                )
            );
        }
        await (dryRun ? TryAsync() : IssueAsync());
        var registered = await LoginWriter.RegisteredAsync(asked.Select(one => one.Request), db, ct);
        var seen = new HashSet<string>();
        foreach (var (index, request, _) in asked)
        {
            if (request.Iin is { } iin)
                rows[index] = rows[index] with
                {
                    Warnings =
                    [
                        .. registered.Contains(iin) ? (string[])[Codes.Field.IinAlreadyRegistered] : [],
                        .. seen.Add(iin) ? (string[])[] : [Codes.Field.IinTwice],
                    ],
                };
        }
        return TypedResults.Ok(new Response(dryRun, rows));

        async Task TryAsync()
        {
            var taken = await LoginWriter.TakenAsync(asked.Select(one => one.Request), db, clock, ct);
            foreach (var (index, request, _) in asked)
            {
                if (LoginWriter.LoginOf(request) is { } login && !taken.Add(login))
                    rows[index] = Taken(rows[index]);
            }
        }

        // All of the good rows or, where it breaks off, none: a code that nobody was told opens nothing.
        async Task IssueAsync()
        {
            var issued = await LoginWriter.IssueAsync(
                [.. asked.Select(one => (one.Request, one.Organisation))],
                db,
                administration,
                user.Id,
                clock,
                ct
            );
            foreach (var (one, login) in asked.Zip(issued))
                rows[one.Index] = login is null
                    ? Taken(rows[one.Index])
                    : rows[one.Index] with
                    {
                        Issued = true,
                        Id = login.Id,
                        Login = login.Login,
                        ActivationCode = login.ActivationCode,
                    };
        }

        static string? Said(IReadOnlyList<string> cells, int column) =>
            cells.ElementAtOrDefault(column)?.Trim() is { Length: > 0 } text ? text : null;

        static Row Taken(Row row) => row with { Login = null, Codes = [Codes.LoginAlreadyIssued] };
    }

    private static Task<Dictionary<string, Organisation>> OrganisationsAsync(
        IReadOnlyList<IReadOnlyList<string>> lines,
        IdentityDb db,
        CancellationToken ct
    )
    {
        var bins = lines
            .Where(cells => cells.Count == Columns.Length)
            .Select(cells => cells[1].Trim())
            .Where(Iin.IsValid)
            .Distinct()
            .ToArray();
        return db
            .Organisations.AsNoTracking()
            .Where(one => bins.Contains(one.Bin))
            .ToDictionaryAsync(one => one.Bin, ct);
    }

    private static (IReadOnlyList<string> Codes, LoginRequest? Request, Organisation? Organisation) Check(
        IReadOnlyList<string> cells,
        Dictionary<string, Organisation> organisations,
        Administration administration
    )
    {
        if (cells.Count != Columns.Length)
            return ([FieldCodes.CsvCells], null, null);
        var values = cells.Select(cell => cell.Trim() is { Length: > 0 } text ? text : null).ToArray();
        var organisation = values[1] is { } bin ? organisations.GetValueOrDefault(bin) : null;
        var request = new LoginRequest(values[0], organisation?.Id, values[2], values[3], values[4]);
        var errors = new Errors();
        if (organisation is null)
            errors.Add("organisationBin", values[1] is null ? FieldCodes.Required : FieldCodes.UnknownKey);
        try
        {
            LoginWriter.Check(request, organisation, administration, errors);
        }
        catch (Problem refused)
        {
            return ([refused.Code], null, null);
        }
        string[] codes =
        [
            .. errors
                .ToDictionary()
                .SelectMany(pair => pair.Value.Select(code => code.Contains('.') ? code : $"{pair.Key}.{code}")),
        ];
        return codes.Length > 0 ? (codes, null, null) : ([], request, organisation);
    }
}
