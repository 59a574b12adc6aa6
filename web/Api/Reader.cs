namespace PedAtt.Web.Api;

/// <summary>Who reads the page: asked once a request, and null for whoever is not signed in.</summary>
public sealed class Reader(PedAttApi api, IHttpContextAccessor http)
{
    private Task<Account?>? account;

    public bool HasToken => http.HttpContext!.Request.Headers.Authorization.Count > 0;

    public Task<Account?> AccountAsync() => account ??= AskAsync();

    /// <exception cref="ApiProblemException">401 not-signed-in</exception>
    public async Task<Account> RequireAsync() =>
        await AccountAsync() ?? throw new ApiProblemException(401, "not-signed-in");

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
/// What every page needs and nobody changes within a season's day: the reference data and the catalogue, kept for a
/// minute, and for longer where the service that knows them is away.
/// </summary>
public sealed class CommonData(TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly Kept<Reference> reference = new("/api/applications/reference");
    private readonly Kept<Catalogue> catalogue = new("/api/portfolios/catalogue");
    private (DateTimeOffset At, bool Value)? testProfile;

    public Task<Reference> ReferenceAsync(PedAttApi api) => reference.GetAsync(api, clock.GetUtcNow());

    public Task<Catalogue> CatalogueAsync(PedAttApi api) => catalogue.GetAsync(api, clock.GetUtcNow());

    /// <summary>Whether test keys count here. A page does not fail for the sake of its banner: what was last known
    /// stands.</summary>
    public async Task<bool> IsTestProfileAsync(PedAttApi api)
    {
        if (testProfile is not { } kept || clock.GetUtcNow() - kept.At > KeptFor)
        {
            try
            {
                kept = (
                    clock.GetUtcNow(),
                    (await api.GetAsync<Trust>("/api/documents/trust", atMost: PedAttApi.Briefly)).Profile == "test"
                );
            }
            catch (ApiProblemException)
            {
                kept = (clock.GetUtcNow(), testProfile?.Value ?? false);
            }
            testProfile = kept;
        }
        return kept.Value;
    }

    private sealed class Kept<T>(string path)
        where T : class
    {
        private Tuple<DateTimeOffset, T>? last;

        public async Task<T> GetAsync(PedAttApi api, DateTimeOffset now)
        {
            if (last is { } kept && now - kept.Item1 <= KeptFor)
                return kept.Item2;
            try
            {
                return (last = new(now, await api.GetAsync<T>(path))).Item2;
            }
            catch (ApiProblemException problem) when (problem.Status >= 500 && last is { } old)
            {
                return old.Item2;
            }
        }
    }
}
