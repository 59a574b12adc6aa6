using System.Text.RegularExpressions;

namespace PedAtt.Identity.Organisations;

/// <summary>What an administrator writes of an organisation, and the rules for it.</summary>
public sealed partial record OrganisationRequest(
    Guid? ParentId,
    string? Level,
    string? Kind,
    string? NameKk,
    string? NameRu,
    string? Bin,
    string? Kato,
    string? Subordination
)
{
    private const int LongestName = 300;

    /// <param name="all">Whether what is left out is missing, or stays as it is.</param>
    public void Check(string? level, string? parentLevel, bool all, Errors errors)
    {
        var fields = new Fields(errors);
        if (all || Kind is not null)
            fields.Key("kind", Kind, OrganisationTree.Kinds.Contains);
        fields.Text("nameKk", NameKk, 1..LongestName, required: all);
        fields.Text("nameRu", NameRu, 1..LongestName, required: all);
        if (all ? fields.Required("bin", Bin) : Bin is not null)
            fields.Require("bin", Iin.IsValid(Bin), Codes.Field.BinInvalid);
        if (all ? fields.Required("kato", Kato) : Kato is not null)
            fields.Require("kato", KatoForm().IsMatch(Kato!), Codes.Field.KatoInvalid);
        if (level is not null && Subordination is not null)
            fields.Key("subordination", Subordination, OrganisationTree.Subordinations(level, parentLevel).Contains);
    }

    [GeneratedRegex(@"\A[0-9]{9}\z")]
    private static partial Regex KatoForm();
}
