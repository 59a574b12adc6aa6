using System.Reflection;
using System.Text.RegularExpressions;
using PedAtt.Testing;
using PedAtt.Web.Pages.Site;

namespace PedAtt.Web.Tests.Pages;

/// <summary>A page is led to by its name in <see cref="Routes"/>, and each name leads to a page.</summary>
public partial class RoutesTests
{
    private static readonly Guid id = Guid.Parse("0193b7a0-0000-7000-8000-000000000001");

    private static readonly string folder = Path.Combine(TestServers.Root, "web", "Pages");

    public static TheoryData<string> Addresses =>
        [
            .. typeof(Routes)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(one => (string)one.GetValue(null)!),
            .. All(Routes.Application(id)),
            Routes.Application(id).Block("diploma"),
            Routes.Application(id).NewEntry("diploma"),
            Routes.Application(id).Entry("diploma", id),
            Routes.Application(id).DeleteEntry("diploma", id),
            Routes.Dossier(Routes.Review, id).Desk,
            Routes.Dossier(Routes.Review, id).Return,
            Routes.Dossier(Routes.Review, id).Forward,
            Routes.Dossier(Routes.Service, id).Desk,
            Routes.Dossier(Routes.Service, id).Refusal,
            Routes.Dossier(Routes.Service, id).Sign,
            Routes.Dossier(Routes.Service, id).Answer,
            Routes.Dossier(Routes.Service, id).Send,
            Routes.Dossier(Routes.Commission, id).Desk,
            Routes.Dossier(Routes.Commission, id).Decide,
            .. All(Routes.User(id)),
            Routes.Organisation(id),
            Routes.EditOrganisation(id),
            Routes.AddOrganisation(id),
        ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_leads_to_one_page(string address) =>
        Assert.Contains(Templates(), template => template.IsMatch(address));

    [Fact]
    public void No_page_spells_out_where_another_one_is()
    {
        var files = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file =>
                !file.EndsWith("Routes.cs", StringComparison.Ordinal)
                && !Path.GetFileName(file).StartsWith("Gallery", StringComparison.Ordinal)
            )
            .ToList();
        Assert.True(files.Count > 100);
        Assert.Empty(
            files.SelectMany(file =>
                File.ReadLines(file)
                    .Where(line => !line.StartsWith("@page", StringComparison.Ordinal))
                    .SelectMany(line =>
                        Spelt().Matches(line).Select(found => $"{Path.GetFileName(file)}: {found.Value}")
                    )
            )
        );
    }

    private static IEnumerable<string> All(object routes) =>
        routes
            .GetType()
            .GetProperties()
            .Where(property => property.PropertyType == typeof(string))
            .Select(property => (string)property.GetValue(routes)!);

    private static IEnumerable<Regex> Templates() =>
        Directory
            .EnumerateFiles(folder, "*.cshtml", SearchOption.AllDirectories)
            .Select(file => Template().Match(File.ReadAllText(file)))
            .Where(page => page.Success)
            .Select(page => new Regex(
                $"^{Hole().Replace(Optional().Replace(page.Groups[1].Value, "(/[^/]+)?"), "[^/]+")}$"
            ))
            .Append(new("^/$"));

    [GeneratedRegex("^@page \"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex Template();

    [GeneratedRegex(@"/\{[^{}]*\?\}")]
    private static partial Regex Optional();

    [GeneratedRegex(@"\{[^{}]*(\{[^{}]*\}[^{}]*)*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(
        "[\"'](/(administration|applications|review|service|commission|sign-in|register|needed|help|privacy|profile|notifications|password))\\b[^\"']*"
    )]
    private static partial Regex Spelt();
}
