using PedAtt.ServiceDefaults;

namespace PedAtt.Web.Api;

/// <summary>Who reads the page: asked once a request, and null for whoever is not signed in.</summary>
public sealed class Reader(PedAttApi api, IHttpContextAccessor http)
{
    private Task<Account?>? account;

    public bool HasToken => http.HttpContext!.Request.Headers.Authorization.Count > 0;

    public Task<Account?> AccountAsync() => account ??= AskAsync();

    /// <exception cref="ApiProblemException">401 not-signed-in</exception>
    public async Task<Account> RequireAsync() => await AccountAsync() ?? throw new ApiProblemException(401, "not-signed-in");

    private async Task<Account?> AskAsync()
    {
        if (!HasToken)
            return null;
        try
        {
            return await api.GetAsync<Account>("/api/identity/me");
        }
        catch (ApiProblemException problem) when (problem.Status == 401)
        {
            return null;
        }
    }
}

/// <summary>
/// What every page needs and nobody changes within a season's day: the reference data and the catalogue, kept for a minute.
/// </summary>
public sealed class CommonData(TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private (DateTimeOffset At, Reference Value)? reference;
    private (DateTimeOffset At, Catalogue Value)? catalogue;
    private (DateTimeOffset At, bool Value)? testProfile;

    public async Task<Reference> ReferenceAsync(PedAttApi api)
    {
        if (reference is not { } kept || clock.GetUtcNow() - kept.At > KeptFor)
            reference = kept = (clock.GetUtcNow(), await api.GetAsync<Reference>("/api/applications/reference"));
        return kept.Value;
    }

    public async Task<Catalogue> CatalogueAsync(PedAttApi api)
    {
        if (catalogue is not { } kept || clock.GetUtcNow() - kept.At > KeptFor)
            catalogue = kept = (clock.GetUtcNow(), await api.GetAsync<Catalogue>("/api/portfolios/catalogue"));
        return kept.Value;
    }

    /// <summary>Whether test keys count here. A page does not fail for the sake of its banner: what was last known stands.</summary>
    public async Task<bool> IsTestProfileAsync(PedAttApi api)
    {
        if (testProfile is not { } kept || clock.GetUtcNow() - kept.At > KeptFor)
        {
            try
            {
                kept = (clock.GetUtcNow(), (await api.GetAsync<Trust>("/api/documents/trust")).Profile == "test");
            }
            catch (ApiProblemException)
            {
                kept = (clock.GetUtcNow(), testProfile?.Value ?? false);
            }
            testProfile = kept;
        }
        return kept.Value;
    }
}
