using System.Text.RegularExpressions;

namespace PedAtt.Identity.Organisations;

/// <summary>What an administrator writes of an organisation, and the rules for it.</summary>
public sealed partial record OrganisationRequest(
    Guid? ParentId, string? Level, string? Kind, string? NameKk, string? NameRu, string? Bin, string? Kato, string? Subordination)
{
    private const int LongestName = 300;

    /// <param name="all">Whether what is left out is missing, or stays as it is.</param>
    public void Check(string? level, string? parentLevel, bool all, Errors errors)
    {
        Known("kind", Kind, OrganisationTree.Kinds, all);
        Text("nameKk", NameKk);
        Text("nameRu", NameRu);
        if (!(Bin is null && !all) && !Iin.IsValid(Bin))
            errors.Add("bin", Bin is null ? "required" : "bin.invalid");
        if (!(Kato is null && !all) && (Kato is null || !KatoForm().IsMatch(Kato)))
            errors.Add("kato", Kato is null ? "required" : "kato.invalid");
        if (level is not null)
            Known("subordination", Subordination, OrganisationTree.Subordinations(level, parentLevel), required: false);

        void Known(string field, string? key, IReadOnlyList<string> keys, bool required)
        {
            if (key is null ? required : !keys.Contains(key))
                errors.Add(field, key is null ? "required" : "unknown-key");
        }

        void Text(string field, string? text)
        {
            if (text is null && all)
                errors.Add(field, "required");
            if (text?.Length > LongestName)
                errors.Add(field, "field.too-long");
            if (text?.Any(char.IsControl) == true)
                errors.Add(field, "text.control-characters");
        }
    }

    [GeneratedRegex(@"\A[0-9]{9}\z")]
    private static partial Regex KatoForm();
}
