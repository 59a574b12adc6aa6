using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Documents.Data.Migrations;

/// <summary>
/// A document's bytes stand in a table of their own, which lists and moves do not read. PostgreSQL itself refuses to
/// change them, and whatever else of a document and of a signature is said once.
/// </summary>
[DbContext(typeof(DocumentsDb))]
[Migration("20261129010000_KeepContents")]
public sealed class KeepContents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.SqlFile(typeof(KeepContents), "KeepContents.sql");
        migrationBuilder.KeepAppendOnly("document_contents");
        migrationBuilder.Sql(
            """
            create trigger documents_unchanged before update on documents for each row when (
                (old.id, old.application_id, old.kind, old.number, old.edit_version, old.submission, old.code, old.size, old.sha256,
                    old.created_at, old.created_by_id, old.reasons)
                is distinct from
                (new.id, new.application_id, new.kind, new.number, new.edit_version, new.submission, new.code, new.size, new.sha256,
                    new.created_at, new.created_by_id, new.reasons))
                execute function refuse_change();
            create trigger signatures_unchanged before update on signatures for each row when (
                (old.id, old.document_id, old.method, old.signer_id, old.signer_name, old.signer_role, old.organisation_kk,
                    old.organisation_ru, old.at, old.cms, old.scan_id, old.scan_name, old.scan_type, old.scan_size, old.scan_sha256)
                is distinct from
                (new.id, new.document_id, new.method, new.signer_id, new.signer_name, new.signer_role, new.organisation_kk,
                    new.organisation_ru, new.at, new.cms, new.scan_id, new.scan_name, new.scan_type, new.scan_size, new.scan_sha256))
                execute function refuse_change();
            """
        );
    }
}
