using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using PedAtt.Documents.Data;
using PedAtt.Testing;

namespace PedAtt.Documents.Tests.Data;

public sealed class KeepContentsTests(DocumentsService service)
{
    [Fact]
    public async Task A_system_of_before_comes_up_with_its_documents()
    {
        await using var db = new DocumentsDb(
            new DbContextOptionsBuilder<DocumentsDb>()
                .UseNpgsql(
                    await (await TestServers.StartAsync()).PostgresAsync("documents-before"),
                    npgsql => npgsql.MigrationsHistoryTable("migrations_history")
                )
                .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
                .Options
        );
        await db.GetService<IMigrator>().MigrateAsync("AddVerifications");
        var id = Guid.CreateVersion7();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into documents (id, application_id, kind, number, edit_version, submission, code, content, sha256, created_at, created_by_id, reasons)
            values ({id}, {id}, 'statement', 'S1', 1, 0, 'code', '\x255044462d'::bytea, 'hash', now(), {id}, '[]')
            """
        );
        await db.Database.MigrateAsync();
        Assert.Equal("%PDF-"u8.ToArray(), (await db.DocumentContents.SingleAsync()).Content);
        var document = await db.Documents.SingleAsync();
        Assert.Equal((5, "hash"), (document.Size, document.Sha256));
    }

    [Fact]
    public async Task PostgreSQL_refuses_to_change_what_was_made_or_signed()
    {
        var filed = service.Neighbours.File();
        var statement = (await service.SignAsync(await service.StatementAsync(filed), filed)).Id();
        await using var db = service.Open();
        foreach (
            var change in (FormattableString[])
                [
                    $"update document_contents set content = '' where document_id = {statement}",
                    $"delete from document_contents where document_id = {statement}",
                    $"update documents set sha256 = '' where id = {statement}",
                    $"update documents set code = '' where id = {statement}",
                    $"delete from documents where id = {statement}",
                    $"update signatures set cms = '' where document_id = {statement}",
                    $"update signatures set signer_name = '' where document_id = {statement}",
                    $"delete from signatures where document_id = {statement}",
                ]
        )
            Assert.Equal(
                "23001",
                (await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlAsync(change))).SqlState
            );
        // What becomes of them later is written down.
        Assert.Equal(
            1,
            await db.Database.ExecuteSqlAsync($"update documents set replaced_at = now() where id = {statement}")
        );
        Assert.Equal(
            1,
            await db.Database.ExecuteSqlAsync(
                $"update signatures set verdict = 'pending' where document_id = {statement}"
            )
        );
    }
}
