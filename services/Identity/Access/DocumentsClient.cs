using PedAtt.Contracts.Internal;
using PedAtt.ServiceDefaults;

namespace PedAtt.Identity.Access;

/// <summary>Asks Documents, which alone knows signatures and whom to trust, whose signature this is.</summary>
public sealed class DocumentsClient(HttpClient http)
{
    /// <exception cref="ProblemException">503 service.unavailable</exception>
    public async Task<SignInSignature> SignInAsync(SignInSignatureQuery query, CancellationToken ct) =>
        await http.AskAsync<SignInSignatureQuery, SignInSignature>("signatures/sign-in", query, ct) ?? throw Problem.Unavailable();
}
