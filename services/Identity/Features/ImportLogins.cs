using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Identity.Access;
using PedAtt.Identity.Data;
using PedAtt.Identity.Domain;
using PedAtt.ServiceDefaults;

namespace PedAtt.Identity.Features;

/// <summary>A school's list of people, as a spreadsheet saves it: <c>role,organisationBin,login,iin,fullName</c>.</summary>
public static class ImportLogins
{
    private const int MostBytes = 1024 * 1024;
    private const int MostRows = 5000;

    private static readonly string[] Columns = ["role", "organisationBin", "login", "iin", "fullName"];

    /// <param name="Line">As in the file, the heading being line 1.</param>
    /// <param name="Issued">False in a dry run, too; <paramref name="Codes"/> say whether it would have been.</param>
    public sealed record Row(int Line, bool Issued, Guid? Id, string? Login, string? ActivationCode, IReadOnlyList<string> Codes);

    public sealed record Response(bool DryRun, IReadOnlyList<Row> Rows);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("logins/import", Handle).WithIdempotency().WithSummary("Issue logins from a CSV, or try it with ?dryRun=true");

    public static async Task<Ok<Response>> Handle(
        HttpContext http, IdentityDb db, Administration administration, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        user.Require(Roles.Administrator);
        var dryRun = string.Equals(http.Request.Query["dryRun"], "true", StringComparison.OrdinalIgnoreCase);
        var lines = Csv.Parse(await ReadAsync(http, ct));
        if (lines.Count == 0 || !lines[0].Select(cell => cell.Trim()).SequenceEqual(Columns, StringComparer.OrdinalIgnoreCase))
            throw Problem.With(400, "csv.columns");
        if (lines.Count - 1 > MostRows)
            throw Problem.With(413, "request.too-large");

        var rows = new List<Row>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 1; i < lines.Count; i++)
        {
            if (!lines[i].All(string.IsNullOrWhiteSpace))
                rows.Add(await RowAsync(i + 1, lines[i], seen, dryRun, db, administration, user, clock, ct));
        }
        return TypedResults.Ok(new Response(dryRun, rows));
    }

    private static async Task<Row> RowAsync(
        int line, IReadOnlyList<string> cells, HashSet<string> seen, bool dryRun, IdentityDb db, Administration administration,
        CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        if (cells.Count != Columns.Length)
            return Refused("csv.cells");
        var values = cells.Select(cell => cell.Trim() is { Length: > 0 } text ? text : null).ToArray();
        var organisation = values[1] is { } bin ? await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Bin == bin, ct) : null;
        var request = new LoginRequest(values[0], organisation?.Id, values[2], values[3], values[4]);
        var errors = new Errors();
        if (organisation is null)
            errors.Add("organisationBin", values[1] is null ? "required" : "unknown-key");
        try
        {
            LoginIssuing.Check(request, organisation, administration, errors);
        }
        catch (ProblemException refused)
        {
            return Refused(refused.Code);
        }
        if (errors.Any)
            return Refused([.. errors.ToDictionary().SelectMany(pair => pair.Value.Select(code => code.Contains('.') ? code : $"{pair.Key}.{code}"))]);
        if (request.Login is { } login)
        {
            var lower = login.ToLowerInvariant();
            if (!seen.Add(lower) || await db.IssuedLogins.AnyAsync(one => one.Login == lower, ct))
                return Refused("login.already-issued");
        }
        if (dryRun)
            return new(line, Issued: false, null, request.Login, null, []);
        var issued = await LoginIssuing.IssueAsync(request, organisation!, db, administration, user.Id, clock, ct);
        return issued is null
            ? Refused("login.already-issued")
            : new(line, Issued: true, issued.Id, issued.Login, issued.ActivationCode, []);

        Row Refused(params string[] codes) => new(line, Issued: false, null, null, null, codes);
    }

    private static async Task<string> ReadAsync(HttpContext http, CancellationToken ct)
    {
        if (http.Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            throw Problem.With(415, "request.media-type");
        using var bytes = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, ct)) > 0)
        {
            if (bytes.Length + read > MostBytes)
                throw Problem.With(413, "request.too-large");
            bytes.Write(chunk, 0, read);
        }
        return Encoding.UTF8.GetString(bytes.ToArray()).TrimStart('\uFEFF');
    }
}
