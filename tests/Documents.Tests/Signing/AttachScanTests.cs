using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Documents.Tests.Signing;

public sealed class AttachScanTests(DocumentsService service)
{
    [Fact]
    public async Task It_waits_for_the_forward_to_be_valid_and_a_newer_one_takes_its_place()
    {
        var filed = service.Neighbours.File();
        var statement = await service.StatementAsync(filed);
        Assert.Equal("pending", Verdict(await AttachAsync(statement, filed)));
        Assert.Equal("pending", Verdict(await AttachAsync(statement, filed)));
        await using (var db = service.Open())
            Assert.Equal(
                2,
                await db.Signatures.CountAsync(one => one.DocumentId == statement.Id() && one.ScanSha256 != null)
            );
        filed.Forward();
        using var teacher = service.As(filed.Teacher);
        using var list = await teacher.GetAsync($"/api/documents/applications/{filed.Id}");
        Assert.Equal("valid", Verdict((await list.ReadAsync(200)).GetProperty("items")[0]));

        static string? Verdict(System.Text.Json.JsonElement document) =>
            Assert.Single(document.GetProperty("signatures").EnumerateArray()).GetProperty("verdict").GetString();
    }

    [Fact]
    public async Task A_signed_statement_needs_none_and_a_receipt_takes_none()
    {
        var filed = service.Neighbours.File();
        var statement = await service.StatementAsync(filed);
        await service.SignAsync(statement, filed);
        using var teacher = service.As(filed.Teacher);
        using (var answer = await teacher.PutAsync($"/api/documents/{statement.Id()}/scan", Form()))
            await answer.RefusedAsync(409, "document.already-signed");
        filed.Forward();
        var receipt = await service.SignAsync(await service.ReceiptAsync(filed), filed);
        using (var answer = await teacher.PutAsync($"/api/documents/{receipt.Id()}/scan", Form()))
            await answer.RefusedAsync(403, "role.not-allowed");
    }

    [Fact]
    public async Task One_file_it_is()
    {
        var filed = service.Neighbours.File();
        var statement = await service.StatementAsync(filed);
        using var teacher = service.As(filed.Teacher);
        using var none = await teacher.PutAsync($"/api/documents/{statement.Id()}/scan", Form(files: 0));
        Assert.Equal(
            "required",
            (await none.RefusedAsync(400, "validation")).GetProperty("errors").GetProperty("file")[0].GetString()
        );
        using var two = await teacher.PutAsync($"/api/documents/{statement.Id()}/scan", Form(files: 2));
        Assert.Equal(
            "files.too-many",
            (await two.RefusedAsync(400, "validation")).GetProperty("errors").GetProperty("file")[0].GetString()
        );
    }

    internal async Task<System.Text.Json.JsonElement> AttachAsync(System.Text.Json.JsonElement statement, Filed filed)
    {
        using var teacher = service.As(filed.Teacher);
        using var answer = await teacher.PutAsync($"/api/documents/{statement.Id()}/scan", Form());
        return await answer.ReadAsync(200);
    }

    /// <summary>A page that every check of files takes for a PDF: one of our own.</summary>
    internal static MultipartFormDataContent Form(int files = 1)
    {
        var form = new MultipartFormDataContent { { new StringContent("{}", null, "application/json"), "fields" } };
        for (var file = 0; file < files; file++)
        {
            var page = new Documents.Pdf.PdfDocument("Бет", "kk");
            page.Paragraph("Қол қойылған бет");
            var part = new ByteArrayContent(page.Save(new bool[21, 21], [], "1"));
            part.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
            form.Add(part, "file", "page.pdf");
        }
        return form;
    }
}
