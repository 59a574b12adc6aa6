using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PedAtt.Documents.Tests.Signing;

namespace PedAtt.Documents.Tests.Register;

public sealed class GetContentTests(DocumentsService service)
{
    [Fact]
    public async Task The_bytes_are_those_of_the_hash_and_who_reads_them_is_noted()
    {
        var filed = service.Neighbours.File();
        var statement = await service.StatementAsync(filed);
        var content = await service.ContentAsync(statement, filed.Secretary);
        Assert.Equal(statement.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content)));
        await using var db = service.Open();
        var reading = Assert.Single(
            await db.Readings.Where(reading => reading.ApplicationId == filed.Id).ToListAsync()
        );
        Assert.Equal(
            (filed.Secretary, Roles.Secretary, statement.Id()),
            (reading.ReaderId, reading.Role, reading.SubjectId)
        );
    }

    [Fact]
    public async Task Bytes_changed_in_the_database_are_given_to_nobody()
    {
        var filed = service.Neighbours.File();
        var statement = await service.SignAsync(await service.StatementAsync(filed), filed);
        await service.TamperAsync(
            $"update document_contents set content = content || '\\x20'::bytea where document_id = {statement.Id()}"
        );
        using var teacher = service.As(filed.Teacher);
        foreach (var part in (string[])["content", "evidence"])
        {
            using var answer = await teacher.GetAsync($"/api/documents/{statement.Id()}/{part}");
            await answer.RefusedAsync(409, "document.altered");
        }
    }

    [Fact]
    public async Task A_scan_comes_whole_or_where_it_was_changed_in_the_storage_broken_off()
    {
        var filed = service.Neighbours.File();
        var statement = await service.StatementAsync(filed);
        await new AttachScanTests(service).AttachAsync(statement, filed);
        using var teacher = service.As(filed.Teacher);
        var scan = await teacher.GetByteArrayAsync($"/api/documents/{statement.Id()}/scan");
        Guid key;
        await using (var db = service.Open())
        {
            var row = await db.Signatures.SingleAsync(one => one.DocumentId == statement.Id());
            Assert.Equal(row.ScanSha256, Convert.ToHexStringLower(SHA256.HashData(scan)));
            key = row.ScanId!.Value;
        }
        scan[^1] ^= 1;
        using var other = new MemoryStream(scan);
        var store = service.Services.GetRequiredService<ObjectStore>();
        await store.DeleteAsync(key, default);
        await store.PutAsync(key, other, "application/pdf", default);
        await Assert.ThrowsAnyAsync<Exception>(() =>
            teacher.GetByteArrayAsync($"/api/documents/{statement.Id()}/scan")
        );
    }

    [Fact]
    public async Task What_there_is_none_of_is_not_found()
    {
        var filed = service.Neighbours.File();
        var statement = await service.StatementAsync(filed);
        using var teacher = service.As(filed.Teacher);
        foreach (var part in (string[])["signature", "scan", "evidence"])
        {
            using var answer = await teacher.GetAsync($"/api/documents/{statement.Id()}/{part}");
            await answer.RefusedAsync(404, "not-found");
        }
        await service.SignAsync(statement, filed);
        using var cms = await teacher.GetAsync($"/api/documents/{statement.Id()}/signature");
        Assert.Equal("application/pkcs7-signature", cms.Content.Headers.ContentType?.MediaType);
    }
}
