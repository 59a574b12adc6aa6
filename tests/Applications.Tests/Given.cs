using PedAtt.Applications.Access;
using PedAtt.Applications.Filing;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.Rules;
using PedAtt.Applications.Year;

namespace PedAtt.Applications.Tests;

/// <summary>One part of the tree, its people, and applications in the state that a test wants. Every test has its
/// own.</summary>
public sealed class Given
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 11, 20);
    public static readonly RuleBook Rules = RuleBook.Shipped();

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, Organisation> Made = new();

    private static long numbers = Random.Shared.NextInt64(1_000_000_000, 900_000_000_000_000);

    public Given(string subordination = "district", string name = "Ахметова Айгүл Серікқызы")
    {
        Republic = Organisation(null, Level.Republic, "Министерство просвещения", "republic");
        Region = Organisation(Republic, Level.Region, "Управление образования", "republic");
        District = Organisation(Region, Level.District, "Отдел образования", "region");
        School = Organisation(District, Level.Organisation, "Школа № 1", subordination);
        Teacher = Person.In(Roles.Teacher, School, name);
        Secretary = Person.In(Roles.Secretary, School);
        Executor = Person.In(Roles.Executor, District);
        Chair = Person.In(Roles.CommissionChair, District);
        Member = Person.In(Roles.CommissionMember, District);
    }

    private Given(Given other, string name)
    {
        (Republic, Region, District, School) = (other.Republic, other.Region, other.District, other.School);
        (Secretary, Executor, Chair, Member) = (other.Secretary, other.Executor, other.Chair, other.Member);
        Teacher = Person.In(Roles.Teacher, School, name);
    }

    /// <summary>The same school and bodies, seen from a colleague of the teacher.</summary>
    public Given OfAnotherTeacher(string name) => new(this, name);

    public Organisation Republic { get; }
    public Organisation Region { get; }
    public Organisation District { get; }
    public Organisation School { get; }

    public Person Teacher { get; }
    public Person Secretary { get; }

    /// <summary>Of the district, as are the chair and the member: what they decide by default is
    /// педагог-эксперт.</summary>
    public Person Executor { get; }
    public Person Chair { get; }
    public Person Member { get; }

    public IReadOnlyList<Organisation> Path => [School, District, Region, Republic];

    public static ApplicationFields Fields(
        string claimed = "teacher-expert",
        string? current = "teacher-moderator",
        int year = 2027
    ) =>
        new(
            year,
            "award",
            "учитель математики",
            "математика мұғалімі",
            "regular",
            current,
            current is null ? null : new DateOnly(2027, 5, 31),
            claimed,
            "teacher@example.kz",
            "+77011234567",
            ["mathematics"],
            false,
            null,
            true
        );

    public static ApplicationForm Form() =>
        new(
            SchoolYear.Of(Almaty.Today(TimeProvider.System)),
            "award",
            "учитель математики",
            "математика мұғалімі",
            "regular",
            "teacher-moderator",
            new DateOnly(2027, 5, 31),
            "teacher-expert",
            "teacher@example.kz",
            "+77011234567",
            ["mathematics"],
            false,
            null,
            true
        );

    public Application New(ApplicationFields? fields = null) =>
        Application.Create(
            $"2027-{Interlocked.Increment(ref numbers):D6}",
            Teacher.Actor,
            Path,
            fields ?? Fields(),
            Rules,
            Morning
        );

    public Application UnderReview(ApplicationFields? fields = null) => Submitted(New(fields));

    public Application Returned(params string[] blocks)
    {
        var application = UnderReview();
        application.Return(blocks is [] ? ["diploma"] : blocks, "[]", Secretary.Actor, Morning.AddHours(2));
        return application;
    }

    public Application UnderStateServiceReview(ApplicationFields? fields = null)
    {
        var application = UnderReview(fields);
        application.Forward("[]", Secretary.Actor, Morning.AddHours(2));
        return application;
    }

    public Application Accepted(ApplicationFields? fields = null)
    {
        var application = UnderStateServiceReview(fields);
        application.Accept(Executor.Actor, Morning.AddHours(3));
        return application;
    }

    public Application Refused(ApplicationFields? fields = null)
    {
        var application = UnderStateServiceReview(fields);
        application.Refuse([new("unreliable-data", "Диплом нечитаем")], Executor.Actor, Morning.AddHours(3));
        return application;
    }

    public Application SentToCommission(ApplicationFields? fields = null)
    {
        var application = Accepted(fields);
        application.SendToCommission(Executor.Actor, Morning.AddHours(4));
        return application;
    }

    public Application Decided(ApplicationStatus outcome = ApplicationStatus.Meets)
    {
        var application = SentToCommission();
        application.Decide(
            new(outcome, "teacher-expert", false, "7", new DateOnly(2027, 3, 15), new DateOnly(2032, 3, 15), "Причина"),
            Chair.Actor,
            Morning.AddHours(5)
        );
        return application;
    }

    public Application Withdrawn()
    {
        var application = Returned();
        application.Delete(Teacher.Actor, Morning.AddHours(3));
        return application;
    }

    public Application In(ApplicationStatus status) =>
        status switch
        {
            ApplicationStatus.New => New(),
            ApplicationStatus.UnderReview => UnderReview(),
            ApplicationStatus.ReturnedForRevision => Returned(Blocks.Application, "diploma"),
            ApplicationStatus.UnderStateServiceReview => UnderStateServiceReview(),
            ApplicationStatus.AcceptedByStateService => Accepted(),
            ApplicationStatus.RefusedByStateService => Refused(),
            ApplicationStatus.SentToCommission => SentToCommission(),
            ApplicationStatus.Withdrawn => Withdrawn(),
            _ => Decided(status),
        };

    public Application Submitted(Application application)
    {
        application.Submit(
            new Submission
            {
                ApplicationId = application.Id,
                Number = application.Submissions.Count + 1,
                SnapshotId = Guid.CreateVersion7(),
                Version = application.Version + 1,
                EditVersion = application.EditVersion,
                At = Morning.AddHours(1),
                Fields = System.Text.Json.JsonSerializer.Serialize(application.Fields, Json.Options),
                Entries = """[{"block": "diploma", "files": [{"sha256": "00"}]}]""",
                Statement = """{"number": "1"}""",
            },
            Teacher.Actor
        );
        return application;
    }

    /// <summary>The organisations above an application that a test made.</summary>
    public static IReadOnlyList<Organisation> PathOf(Application application) =>
        [.. application.OrganisationPath.Select(id => Made[id])];

    public static IEnumerable<HeldRole> HeldRolesOf(Person person) =>
        HeldRole.Of(person.Assignments.Select(one => (one.Role, one.OrganisationId, one.Level)));

    private static Organisation Organisation(Organisation? parent, Level level, string name, string subordination)
    {
        var organisation = new Organisation
        {
            Id = Guid.CreateVersion7(),
            ParentId = parent?.Id,
            Level = level,
            Kind = level == Level.Organisation ? "school" : "body",
            NameKk = name,
            NameRu = name,
            Bin = "971240001315",
            Kato = "350000000",
            Subordination = subordination,
            Version = 1,
        };
        Made[organisation.Id] = organisation;
        return organisation;
    }
}
