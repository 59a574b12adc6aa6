using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace PedAtt.ServiceDefaults.Access;

internal sealed class KeySetRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
{
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(
        string address, IDocumentRetriever retriever, CancellationToken cancel)
    {
        var configuration = new OpenIdConnectConfiguration();
        foreach (var key in new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel)).GetSigningKeys())
            configuration.SigningKeys.Add(key);
        return configuration;
    }
}

internal sealed class KeySetDocument(IHttpClientFactory http, IReadOnlyList<Uri> identity) : IDocumentRetriever
{
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        using var client = http.CreateClient();
        client.Timeout = TimeSpan.FromSeconds(5);
        for (var i = 0; ; i++)
        {
            try
            {
                return await client.GetStringAsync(new Uri(identity[i], address), cancel);
            }
            catch (HttpRequestException) when (i < identity.Count - 1)
            {
            }
        }
    }
}
