using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PedAtt.Applications.Categories;
using PedAtt.Applications.Commission;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.People;

namespace PedAtt.Applications.Data;

public sealed class ApplicationsDb(DbContextOptions<ApplicationsDb> options) : ServiceDb(options)
{
    /// <summary>Ә after А, Қ after К: names in the order of the Kazakh alphabet, upper and lower case
    /// together.</summary>
    public const string NameCollation = "kk-x-icu";

    private const string OnePerYear = "one_application_a_teacher_and_year";

    /// <summary>What filters and counts of a queue look at, so that the index alone answers them.</summary>
    private static readonly string[] ReadBeside =
    [
        nameof(Application.AttestationYear),
        nameof(Application.ClaimedCategory),
        nameof(Application.OrganisationId),
    ];

    public DbSet<Application> Applications => Set<Application>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<KnownPerson> KnownPeople => Set<KnownPerson>();

    public DbSet<CategoryRecord> CategoryRecords => Set<CategoryRecord>();

    /// <summary>With what a view shows, to be read only.</summary>
    public IQueryable<Application> ShownApplications =>
        Applications
            .AsNoTracking()
            .Include(application => application.Organisation)
            .Include(application => application.History);

    /// <summary>With everything that a move needs.</summary>
    public IQueryable<Application> WholeApplications =>
        Applications
            .Include(application => application.Organisation)
            .Include(application => application.History)
            .Include(application => application.Submissions)
            .AsSplitQuery();

    /// <summary>
    /// Takes the application's row for this transaction, then reads it: what an earlier holder of the row committed is
    /// seen, in the rows that belong to it too. A move holds the row from its first question to its commit.
    /// </summary>
    public async Task<Application?> LockAsync(Guid id, CancellationToken ct)
    {
        await Database.ExecuteSqlAsync($"select 1 from applications where id = {id} for update", ct);
        return await WholeApplications.SingleOrDefaultAsync(application => application.Id == id, ct);
    }

    public async Task<string> NextNumberAsync(int schoolYear, CancellationToken ct)
    {
        var next = await Database.SqlQuery<long>($"select nextval('application_numbers') as \"Value\"").SingleAsync(ct);
        return $"{schoolYear}-{next:D6}";
    }

    /// <summary>Keeps the newer of what is known and what is told of these organisations.</summary>
    public async Task<IReadOnlyList<Organisation>> KeepAsync(IReadOnlyList<Organisation> told, CancellationToken ct)
    {
        // An upsert locks the row even where it changes nothing, and everybody files under the same republic.
        var ids = told.Select(organisation => organisation.Id).ToArray();
        var known = await Organisations
            .AsNoTracking()
            .Where(organisation => ids.Contains(organisation.Id))
            .ToDictionaryAsync(organisation => organisation.Id, organisation => organisation.Version, ct);
        foreach (
            var organisation in told.Where(one => !known.TryGetValue(one.Id, out var version) || version < one.Version)
        )
            await Database.ExecuteSqlAsync(
                $"""
                insert into organisations (id, parent_id, level, kind, name_kk, name_ru, bin, kato, subordination, version)
                values ({organisation.Id}, {organisation.ParentId}, {KebabCase.Of(
                    organisation.Level
                )}, {organisation.Kind},
                    {organisation.NameKk}, {organisation.NameRu}, {organisation.Bin}, {organisation.Kato},
                    {organisation.Subordination}, {organisation.Version})
                on conflict (id) do update set parent_id = excluded.parent_id, level = excluded.level, kind = excluded.kind,
                    name_kk = excluded.name_kk, name_ru = excluded.name_ru, bin = excluded.bin, kato = excluded.kato,
                    subordination = excluded.subordination, version = excluded.version
                where organisations.version < excluded.version
                """,
                ct
            );
        return await PathAsync(ids, ct);
    }

    /// <summary>The organisations of a path, in its order.</summary>
    public async Task<IReadOnlyList<Organisation>> PathAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var found = await Organisations.Where(organisation => ids.Contains(organisation.Id)).ToListAsync(ct);
        return [.. ids.Select(id => found.Single(organisation => organisation.Id == id))];
    }

    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Violates(OnePerYear))
        {
            throw Problem.Conflict(
                Codes.ApplicationAlreadyExists,
                "A teacher files one application for a school year (the Rules, Annex 1, row 10)."
            );
        }
    }

    protected override void Map(ModelBuilder model)
    {
        model.HasSequence<long>("application_numbers");
        model.Entity<Organisation>(organisation =>
        {
            organisation.ToTable("organisations");
            organisation.Property(row => row.Id).ValueGeneratedNever();
        });
        model.Entity<Application>(Map);
        CategoriesMapping.Map(model);
        model.Entity<HistoryEntry>(entry =>
        {
            entry.ToTable("history");
            entry.HasKey(row => new { row.ApplicationId, row.Version });
        });
        model.Entity<Submission>(submission =>
        {
            submission.ToTable("submissions");
            submission.Property(row => row.SnapshotId).HasColumnName("seal_id");
            submission.HasKey(row => new { row.ApplicationId, row.Number });
            submission.Property(row => row.Fields).HasColumnType("jsonb");
            submission.Property(row => row.Entries).HasColumnType("jsonb");
            submission.Property(row => row.Statement).HasColumnType("jsonb");
            submission.Property(row => row.Reviews).HasColumnType("jsonb");
            submission.Ignore(row => row.IsForwarded);
        });
    }

    private static void Map(EntityTypeBuilder<Application> application)
    {
        application.ToTable("applications");
        application.Property(row => row.Id).ValueGeneratedNever();
        application.Property(row => row.Version).IsConcurrencyToken();
        application.HasQueryFilter(row => row.DeletedAt == null);
        application
            .Ignore(row => row.Fields)
            .Ignore(row => row.CurrentSubmission)
            .Ignore(row => row.Facts)
            .Ignore(row => row.LastMove);
        application.Property(row => row.FreesYear).HasDefaultValue(false);
        application.Property(row => row.TeacherName).UseCollation(NameCollation);
        AsJson(application.Property(row => row.Refusal));
        AsJson(application.Property(row => row.Decision));

        application
            .HasOne(row => row.Organisation)
            .WithMany()
            .HasForeignKey(row => row.OrganisationId)
            .OnDelete(DeleteBehavior.Restrict);
        application
            .HasMany(row => row.History)
            .WithOne()
            .HasForeignKey(entry => entry.ApplicationId)
            .OnDelete(DeleteBehavior.Restrict);
        application
            .HasMany(row => row.Submissions)
            .WithOne()
            .HasForeignKey(submission => submission.ApplicationId)
            .OnDelete(DeleteBehavior.Restrict);
        application.Navigation(row => row.History).HasField("history").UsePropertyAccessMode(PropertyAccessMode.Field);
        application
            .Navigation(row => row.Submissions)
            .HasField("submissions")
            .UsePropertyAccessMode(PropertyAccessMode.Field);

        application.HasIndex(row => row.Number).IsUnique();
        application
            .HasIndex(row => new { row.TeacherId, row.AttestationYear })
            .IsUnique()
            .HasFilter("deleted_at is null and not frees_year")
            .HasDatabaseName(OnePerYear);

        // One index for each column that a queue is cut by (Queues.cs, docs/queues.md): a page is read in its order and
        // no further.
        Queue(nameof(Application.TeacherId), "queue_of_teacher");
        Queue(nameof(Application.OrganisationId), "queue_of_organisation");
        Queue(nameof(Application.DistrictId), "queue_of_district");
        Queue(nameof(Application.RegionId), "queue_of_region");
        Queue(nameof(Application.RepublicId), "queue_of_republic");
        Queue(nameof(Application.ForwardedToId), "queue_of_executor");
        Queue(nameof(Application.DecidingOrganisationId), "queue_of_commission");
        application
            .HasIndex(row => new { row.TeacherName, row.Id })
            .HasFilter("deleted_at is null")
            .HasDatabaseName("names");

        void Queue(string column, string name) =>
            application
                .HasIndex(column, nameof(Application.Status), nameof(Application.StatusSince), nameof(Application.Id))
                .IncludeProperties([.. ReadBeside.Except([column])])
                .HasFilter("deleted_at is null")
                .HasDatabaseName(name);
    }

    private static void AsJson<T>(PropertyBuilder<T> property) =>
        property
            .HasColumnType("jsonb")
            .HasConversion(
                value => JsonSerializer.Serialize(value, Json.Options),
                json => JsonSerializer.Deserialize<T>(json, Json.Options)!,
                // Replaced as a whole, never changed inside.
                new ValueComparer<T>(
                    (one, other) => ReferenceEquals(one, other),
                    value => value == null ? 0 : value.GetHashCode(),
                    value => value
                )
            );
}
