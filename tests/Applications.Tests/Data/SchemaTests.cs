using Microsoft.EntityFrameworkCore;
using Npgsql;
using PedAtt.Applications.Life;
using PedAtt.Testing;

namespace PedAtt.Applications.Tests.Data;

public sealed class SchemaTests(ApplicationsService service)
{
    [Fact]
    public async Task The_migrated_schema_is_the_model()
    {
        var made = await (await TestServers.StartAsync()).PostgresAsync("applications-model");
        await using (var db = ApplicationsService.Open(made))
            await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript());

        Assert.Equal(await DescribeAsync(made), await DescribeAsync(service.Database));
    }

    [Fact]
    public async Task History_is_only_added_to()
    {
        var application = await service.SaveAsync(new Given().UnderReview());
        await using var db = service.Open();
        await RefusesAsync(() =>
            db.Database.ExecuteSqlAsync($"update history set comment = 'x' where application_id = {application.Id}")
        );
        await RefusesAsync(() =>
            db.Database.ExecuteSqlAsync($"delete from history where application_id = {application.Id}")
        );
        await RefusesAsync(() => db.Database.ExecuteSqlAsync($"truncate history"));
    }

    [Fact]
    public async Task A_submission_gets_its_reviews_once_and_changes_no_more()
    {
        var given = new Given();
        var application = await service.SaveAsync(given.UnderReview());
        await using (var db = service.Open())
        {
            await RefusesAsync(() =>
                db.Database.ExecuteSqlAsync(
                    $"update submissions set fields = '[]' where application_id = {application.Id}"
                )
            );
            await RefusesAsync(() =>
                db.Database.ExecuteSqlAsync($"delete from submissions where application_id = {application.Id}")
            );
            var held = (await db.LockAsync(application.Id, default))!;
            held.Return(["diploma"], """[{"block": "diploma"}]""", given.Secretary.Actor, Given.Morning);
            await db.SaveChangesAsync();
            await RefusesAsync(() =>
                db.Database.ExecuteSqlAsync(
                    $"update submissions set reviews = '[]' where application_id = {application.Id}"
                )
            );
        }
        await using var later = service.Open();
        var kept = await later.Set<Submission>().SingleAsync(submission => submission.ApplicationId == application.Id);
        Assert.Equal(
            (ApplicationAction.Return, """[{"block": "diploma"}]"""),
            (kept.RoundEndedBy!.Value, kept.Reviews)
        );
    }

    [Fact]
    public async Task A_teacher_has_one_application_a_year_deleted_drafts_aside()
    {
        var given = new Given();
        var first = await service.SaveAsync(given.New());
        await AlreadyExistsAsync(given.New());
        await service.SaveAsync(given.New(Given.Fields(year: 2028)));
        await using (var db = service.Open())
        {
            (await db.LockAsync(first.Id, default))!.Delete(given.Teacher.Actor, Given.Morning);
            await db.SaveChangesAsync();
        }
        // What was withdrawn before the state service answered it counts no more; what it had answered does.
        await service.SaveAsync(given.Withdrawn());
        var refused = given.Refused();
        refused.Delete(given.Teacher.Actor, Given.Morning.AddHours(4));
        await service.SaveAsync(refused);
        await AlreadyExistsAsync(given.New());

        async Task AlreadyExistsAsync(Application second) =>
            Assert.Equal(
                "application.already-exists",
                (await Assert.ThrowsAsync<Problem>(() => service.SaveAsync(second))).Code
            );
    }

    private static async Task RefusesAsync(Func<Task> work) =>
        Assert.Equal("23001", (await Assert.ThrowsAsync<PostgresException>(work)).SqlState);

    private static async Task<string> DescribeAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select string_agg(line, e'\n' order by line) from (
                select format('column %s.%s %s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default, collation_name) as line
                from information_schema.columns where table_schema = 'public' and table_name <> 'migrations_history'
                union all select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'migrations_history'
                union all select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
                    where connamespace = 'public'::regnamespace and conrelid <> coalesce(to_regclass('migrations_history')::oid, 0)
                union all select format('sequence %s %s', sequencename, start_value) from pg_sequences) described
            """,
            connection
        );
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
