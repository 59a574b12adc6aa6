namespace PedAtt.Gateway;

/// <summary>The codes of the problems that this gateway alone answers with; their texts
/// stand in problems.json.</summary>
public static class Codes
{
    public const string CsrfInvalid = "csrf.invalid";
    public const string CredentialsAmbiguous = "credentials.ambiguous";
}
