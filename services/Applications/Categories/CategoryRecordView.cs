using System.Text.Json.Serialization;

namespace PedAtt.Applications.Categories;

/// <param name="OrganisationId">Where they teach, or which they head.</param>
public sealed record HolderView(Guid Id, string Name, Guid OrganisationId);

/// <param name="Certificate">The certificate's number; null while none is issued here.</param>
public sealed record CategoryRecordView(
    Guid Id,
    string Category,
    string? Post,
    DateOnly From,
    DateOnly? Until,
    RecordBasis Basis,
    string? Ground,
    Guid? ApplicationId,
    string? Certificate,
    RecordState State,
    string OrderNumber,
    DateOnly OrderDate
)
{
    /// <summary>Whose it is, in a list of a territory.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HolderView? Person { get; init; }

    public static CategoryRecordView Of(RecordedCategory recorded)
    {
        var record = recorded.Record;
        return new(
            record.Id,
            record.Category,
            record.Post,
            record.From,
            record.Until,
            record.Basis,
            record.Ground,
            record.ApplicationId,
            Certificate: null,
            recorded.State,
            record.OrderNumber,
            record.OrderDate
        );
    }
}
