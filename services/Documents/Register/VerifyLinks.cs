namespace PedAtt.Documents.Register;

/// <summary>The addresses behind the QR codes.</summary>
/// <param name="PublicUrl">Where people reach the system: PEDATT_PUBLIC_URL.</param>
public sealed record VerifyLinks(string PublicUrl)
{
    public string Of(string code) => $"{PublicUrl}/verify/{code}";
}
