using PedAtt.Eds;
using PedAtt.Eds.Evidence;

namespace PedAtt.Documents.Tests.Register;

public sealed class GetEvidenceTests(DocumentsService service)
{
    [Fact]
    public async Task It_holds_the_document_and_each_signature_with_its_examination()
    {
        var filed = service.Neighbours.File();
        var statement = await service.SignAsync(await service.StatementAsync(filed), filed);
        using var secretary = service.As(filed.Secretary);
        var bundle = EvidenceBundle.Read(
            new MemoryStream(await secretary.GetByteArrayAsync($"/api/documents/{statement.Id()}/evidence"))
        );
        Assert.Equal(await service.ContentAsync(statement, filed.Teacher), bundle.Document);
        var signature = Assert.Single(bundle.Signatures);
        Assert.Equal(VerdictResult.Valid, bundle.Examine(signature, Assert.Single(signature.Examinations)).Result);
    }
}
