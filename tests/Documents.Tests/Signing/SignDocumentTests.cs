using System.Net.Http.Json;

namespace PedAtt.Documents.Tests.Signing;

public sealed class SignDocumentTests(DocumentsService service)
{
    [Fact]
    public async Task Its_teacher_signs_a_statement_and_asks_Applications_once_for_it()
    {
        var filed = service.Neighbours.File();
        var statement = await service.StatementAsync(filed);
        var cms = await service.CmsAsync(statement, filed);
        var before = service.Neighbours.QuestionsAbout(filed.Id);
        using var teacher = service.As(filed.Teacher);
        using var answer = await teacher.PostAsJsonAsync($"/api/documents/{statement.Id()}/signature", new { cms });
        var signature = Assert.Single((await answer.ReadAsync(200)).GetProperty("signatures").EnumerateArray());
        Assert.Equal(
            ("cms", "valid"),
            (signature.GetProperty("method").GetString(), signature.GetProperty("verdict").GetString())
        );
        Assert.Equal(filed.Teacher, signature.GetProperty("signer").Id());
        Assert.Equal(1, service.Neighbours.QuestionsAbout(filed.Id) - before);

        using var again = await teacher.PostAsJsonAsync($"/api/documents/{statement.Id()}/signature", new { cms });
        await again.RefusedAsync(409, "document.already-signed");
    }

    [Fact]
    public async Task A_receipt_is_signed_by_the_executor_who_made_it()
    {
        var filed = service.Neighbours.File();
        filed.Forward();
        var receipt = await service.ReceiptAsync(filed);
        foreach (var person in (Guid[])[filed.Secretary, filed.Teacher])
        {
            using var other = service.As(person);
            using var answer = await other.PostAsJsonAsync(
                $"/api/documents/{receipt.Id()}/signature",
                new { cms = "AAAA" }
            );
            // Until it is signed its teacher does not know of it.
            Assert.Equal(person == filed.Teacher ? 404 : 403, (int)answer.StatusCode);
        }
        Assert.Equal(
            "valid",
            (await service.SignAsync(receipt, filed)).GetProperty("signatures")[0].GetProperty("verdict").GetString()
        );
    }

    [Fact]
    public async Task A_signature_over_other_bytes_or_by_no_CMS_is_refused()
    {
        var filed = service.Neighbours.File();
        var statement = await service.StatementAsync(filed);
        using var teacher = service.As(filed.Teacher);
        foreach (
            var (cms, code) in (IEnumerable<(string, string)>)
                [
                    (DocumentsService.Cms("other bytes"u8.ToArray(), byPerson: true), "signature.invalid"),
                    ("no base64!", "signature.malformed"),
                ]
        )
        {
            using var answer = await teacher.PostAsJsonAsync($"/api/documents/{statement.Id()}/signature", new { cms });
            await answer.RefusedAsync(422, code);
        }
        using var nothing = await teacher.PostAsJsonAsync($"/api/documents/{statement.Id()}/signature", new { });
        await nothing.RefusedAsync(400, "validation");
    }

    [Fact]
    public async Task A_superseded_statement_is_signed_by_nobody()
    {
        var filed = service.Neighbours.File();
        var statement = await service.StatementAsync(filed);
        var cms = await service.CmsAsync(statement, filed);
        filed.Edit();
        using var teacher = service.As(filed.Teacher);
        using var answer = await teacher.PostAsJsonAsync($"/api/documents/{statement.Id()}/signature", new { cms });
        await answer.RefusedAsync(409, "document.superseded");
    }

    [Fact]
    public async Task Bytes_that_are_not_those_that_were_made_are_signed_by_nobody()
    {
        var filed = service.Neighbours.File();
        var statement = await service.StatementAsync(filed);
        var cms = await service.CmsAsync(statement, filed);
        await service.TamperAsync(
            $"update document_contents set content = content || '\\x20'::bytea where document_id = {statement.Id()}"
        );
        using var teacher = service.As(filed.Teacher);
        using var answer = await teacher.PostAsJsonAsync($"/api/documents/{statement.Id()}/signature", new { cms });
        await answer.RefusedAsync(409, "document.altered");
    }
}
