using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Applications.Data.Migrations;

/// <summary>
/// The filing date is the day of the first submission and no longer typed; a withdrawal that the state service had not
/// answered yet frees its school year.
/// </summary>
[DbContext(typeof(ApplicationsDb))]
[Migration("20261129000000_FilingDateOfSubmission")]
public sealed class FilingDateOfSubmission : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            alter table applications alter column filing_date drop not null;
            update applications set filing_date = (
                select (min(submissions.at) at time zone 'Asia/Almaty')::date from submissions
                where submissions.application_id = applications.id);
            alter table applications add column frees_year boolean not null default false;
            update applications set frees_year = true where status = 'withdrawn' and not exists (
                select from history where history.application_id = applications.id and history.action in ('accept', 'refuse'));
            drop index one_application_a_teacher_and_year;
            create unique index one_application_a_teacher_and_year on applications (teacher_id, attestation_year)
                where deleted_at is null and not frees_year;
            """
        );
}
