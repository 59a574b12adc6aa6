using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Administration;

/// <summary>What an organisation is described with.</summary>
public static class OrganisationFields
{
    private static readonly string[] kinds =
    [
        "school",
        "preschool",
        "lyceum",
        "gymnasium",
        "boarding-school",
        "special-school",
        "correction-centre",
        "orphanage",
        "dormitory",
        "additional-education",
        "college",
        "training-complex",
        "methodical-centre",
        "education-authority",
        "other",
    ];

    private static readonly string[] subordinations = ["republic", "region", "district", "branch"];

    public static IEnumerable<Choice> Kinds(Texts texts) =>
        kinds.Select(kind => new Choice(kind, texts[$"kind.{kind}"]));

    public static IEnumerable<Choice> Subordinations(Texts texts) =>
        subordinations.Select(one => new Choice(one, texts[$"subordination.{one}"]));

    public static IEnumerable<Choice> Roles(Texts texts) =>
        ServiceDefaults.Access.Roles.All.Select(role => new Choice(role, texts[$"role.{role}"]));

    public static IEnumerable<string> LevelsBelow(string level) => Levels.All.SkipWhile(one => one != level).Skip(1);
}
