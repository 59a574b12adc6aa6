using System.Net.Http.Json;
using PedAtt.Internal;

namespace PedAtt.Documents.Tests.Register;

public sealed class FreezeDocumentsTests(DocumentsService service)
{
    [Fact]
    public async Task The_facts_are_those_of_the_edit_and_the_submission()
    {
        var filed = service.Neighbours.File();
        Assert.Equal(new DocumentFacts(null, null), await FreezeAsync(filed));
        var statement = await service.StatementAsync(filed);
        Assert.Null((await FreezeAsync(filed)).Statement!.SignedBy);
        await service.SignAsync(statement, filed);
        Assert.Equal(
            (statement.Id(), "cms"),
            ((await FreezeAsync(filed)).Statement!.Id, (await FreezeAsync(filed)).Statement!.SignedBy)
        );

        filed.Forward();
        var receipt = await service.ReceiptAsync(filed);
        Assert.False((await FreezeAsync(filed)).Receipt!.IsSigned);
        await service.SignAsync(receipt, filed);
        var facts = (await FreezeAsync(filed)).Receipt!;
        Assert.Equal((receipt.Id(), "acceptance", true), (facts.Id, facts.Kind, facts.IsSigned));
    }

    [Fact]
    public async Task Nobody_but_a_service_freezes()
    {
        using var teacher = service.As(Guid.CreateVersion7());
        using var answer = await teacher.PostAsJsonAsync(
            $"/internal/documents/{Guid.CreateVersion7()}/freeze",
            new { }
        );
        await answer.RefusedAsync(401, "not-signed-in");
    }

    private async Task<DocumentFacts> FreezeAsync(Filed filed)
    {
        using var client = service.AsService();
        using var answer = await client.PostAsJsonAsync(
            $"/internal/documents/{filed.Id}/freeze",
            new DocumentFreeze(
                Guid.CreateVersion7(),
                filed.Facts.Version,
                FreezingMoves.Submit,
                1,
                filed.Facts.EditVersion
            ),
            Json.Options
        );
        await answer.ReadAsync(200);
        return (await answer.Content.ReadFromJsonAsync<DocumentFacts>(Json.Options))!;
    }
}
