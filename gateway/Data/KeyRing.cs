using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace PedAtt.Gateway.Data;

/// <summary>
/// The keys that encrypt sessions live beside them, so that every replica and every restart has the same ones.
/// </summary>
public sealed class KeyRing(IServiceScopeFactory scopes, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<GatewayDb>();
        return
        [
            .. db
                .DataProtectionKeys.OrderBy(key => key.Id)
                .Select(key => key.Xml)
                .AsEnumerable()
                .Select(xml => XElement.Parse(xml)),
        ];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<GatewayDb>();
        db.DataProtectionKeys.Add(
            new DataProtectionKey
            {
                Id = Guid.CreateVersion7(),
                FriendlyName = friendlyName,
                Xml = element.ToString(SaveOptions.DisableFormatting),
                CreatedAt = clock.GetUtcNow(),
            }
        );
        db.SaveChanges();
    }
}

public static class KeyRingSetup
{
    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("pedatt-gateway");
        services.AddSingleton<KeyRing>();
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<IServiceProvider>(
                (options, provider) =>
                {
                    options.XmlRepository = provider.GetRequiredService<KeyRing>();
                    options.XmlEncryptor = new KeyRingEncryption(provider);
                }
            );
    }

    /// <summary>
    /// Makes the first key while only the migration runs: replicas that start together would each make one of their
    /// own, and not read each other's sessions until they look again.
    /// </summary>
    public static void MakeFirstKey(this WebApplication app) =>
        app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("first key").Protect([]);
}
