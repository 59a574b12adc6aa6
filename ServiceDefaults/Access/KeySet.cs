using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace PedAtt.ServiceDefaults.Access;

/// <summary>
/// Reads Identity's keys from Identity itself. JwtBearer's own way would go by the discovery document, and that names
/// the public address: every service would then check tokens only while the gateway answers.
/// </summary>
internal sealed class KeySetRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
{
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(
        string address,
        IDocumentRetriever retriever,
        CancellationToken cancel
    )
    {
        var configuration = new OpenIdConnectConfiguration();
        foreach (var key in new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel)).GetSigningKeys())
            configuration.SigningKeys.Add(key);
        return configuration;
    }
}
