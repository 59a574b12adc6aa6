using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.StateService;

/// <summary>Receipts to be signed with NCALayer on the executor's computer.</summary>
public static class ExecutorsKey
{
    /// <param name="chosen">Each has a box of its own: only those that are ticked are signed.</param>
    public static async Task<NcaLayerForm> FormAsync(
        PedAttApi api,
        IConfiguration configuration,
        IHostEnvironment environment,
        IReadOnlyList<Document> receipts,
        bool chosen = false
    )
    {
        // Where keys of the test authority count, NCALayer must offer them.
        var testKeys = (await api.GetAsync<Trust>("/api/documents/trust")).Profile == "test";
        return new(
            string.Join(' ', NcaLayer.Addresses(configuration, environment)),
            testKeys,
            [.. receipts.Select(receipt => $"/api/documents/{receipt.Id}/content")],
            chosen ? [.. receipts.Select(receipt => receipt.Id)] : null
        );
    }
}
