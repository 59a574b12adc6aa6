using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Architecture.Tests;

/// <summary>The rules that keep each service a room of its own.</summary>
public class WhoMayTouchWhomTests
{
    public static TheoryData<string> Services => [.. Solution.Services];

    public static TheoryData<string> Programs => [.. Solution.Programs];

    [Fact]
    public void Contracts_references_nothing()
    {
        foreach (var kind in new[] { "ProjectReference", "PackageReference", "FrameworkReference" })
            Assert.Empty(Solution.References("Contracts", kind));
        Assert.All(
            Solution.Assembly("Contracts").GetReferencedAssemblies(),
            one => Assert.StartsWith("System.", one.Name, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void ServiceDefaults_knows_no_service()
    {
        Assert.Empty(Solution.References("ServiceDefaults", "ProjectReference"));
        Assert.DoesNotContain(Solution.Assembly("ServiceDefaults").GetReferencedAssemblies(), IsOurs);
        Assert.NotEmpty(Solution.References("ServiceDefaults", "PackageReference"));
    }

    [Theory]
    [InlineData("Internal")]
    [InlineData("Edge")]
    public void What_services_ask_and_what_pages_share_stand_on_ServiceDefaults_alone(string library)
    {
        Assert.Equal(["../ServiceDefaults/ServiceDefaults.csproj"], Solution.References(library, "ProjectReference"));
        Assert.Equal(
            ["PedAtt.ServiceDefaults"],
            Solution.Assembly(library).GetReferencedAssemblies().Where(IsOurs).Select(one => one.Name)
        );
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_service_references_no_other_service(string service)
    {
        // The library of signatures knows nothing of ours: it is like a package to those who verify.
        string[] allowed =
        [
            "Contracts",
            "ServiceDefaults",
            .. service switch
            {
                "Gateway" => ["Edge"],
                "Documents" or "Identity" => ["Internal", "Eds"],
                _ => (string[])["Internal"],
            },
        ];
        Assert.All(
            Solution.References(service, "ProjectReference"),
            path => Assert.Contains(Path.GetFileNameWithoutExtension(path), allowed)
        );
        Assert.All(
            Solution.Assembly(service).GetReferencedAssemblies().Where(IsOurs),
            one => Assert.Contains(one.Name!["PedAtt.".Length..], allowed)
        );
    }

    [Fact]
    public void The_pages_know_no_service()
    {
        Assert.Equal(
            ["../Edge/Edge.csproj", "../ServiceDefaults/ServiceDefaults.csproj"],
            Solution.References("Web", "ProjectReference").Order()
        );
        // What they know of an application they know from the API: no database, no broker.
        string[] powers = ["AddDatabase", "AddMessaging", "MapInternal", "AddInternalClient"];
        Assert.DoesNotContain(
            Solution.SourcesIn("web"),
            file => powers.Any(power => file.Text.Contains(power, StringComparison.Ordinal))
        );
    }

    /// <summary>
    /// The domain of a service: what it stores, with all of ours that this is made of, and the rules that stand beside
    /// it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Services))]
    public void The_domain_uses_the_language_and_a_rules_violation_only(string service)
    {
        // What the scanner said of a file is a fact of it, like its size.
        Type[] allowed =
        [
            typeof(Problem),
            typeof(Localized),
            typeof(Almaty),
            typeof(ScanState),
            typeof(Fields),
            typeof(TypedText),
            typeof(PersonName),
            typeof(Contacts),
        ];
        // Two services whose stored things make the shapes that others ask for, and know the framework's hash of a
        // password.
        string[] spaces = service switch
        {
            "Documents" => ["PedAtt.Internal"],
            "Identity" => ["PedAtt.Internal", "PedAtt.Contracts", "Microsoft.AspNetCore.Identity"],
            _ => [],
        };
        var domain = Domain(service);
        Assert.NotEmpty(domain);
        var wrong =
            from type in domain
            from used in Uses.TypesOf(type)
            where
                !domain.Contains(used)
                && !IsIn(used, "System")
                && !allowed.Contains(used)
                && !spaces.Any(space => IsIn(used, space))
                // The compiler's own, such as attributes for nullability and inline arrays.
                && !IsIn(used, "Microsoft.CodeAnalysis")
                && Uses.IsWritten(used)
            select $"{type} uses {used}";
        Assert.Empty(wrong.Distinct());
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Use_cases_never_use_each_other(string service)
    {
        // A use case is a static class that maps a route; what several share stands beside them and maps nothing.
        var useCases = Solution.Types(service).Where(IsUseCase).ToHashSet();
        Assert.NotEmpty(useCases);
        var wrong =
            from type in Solution.Types(service)
            let at = Uses.Outermost(type)
            where useCases.Contains(at)
            from used in Uses.TypesOf(type)
            where useCases.Contains(Uses.Outermost(used)) && Uses.Outermost(used) != at
            select $"{at.Name} uses {used.FullName}";
        Assert.Empty(wrong.Distinct());
    }

    /// <summary>
    /// The rooms of Applications and their faces: what the other rooms may use of each. Data maps them all, and is used
    /// by all.
    /// </summary>
    private static readonly Dictionary<string, string[]> faces = new()
    {
        ["Life"] =
        [
            "Application",
            "ApplicationLifecycle",
            "ApplicationStatus",
            "ApplicationAction",
            "Role",
            "Actor",
            "Submission",
            "Transitions",
            "Transition",
            "StatusFacts",
            "Stage",
            "OpenPart",
            "Work",
            "Deadline",
            "ApplicationView",
            "ApplicationViews",
        ],
        ["Filing"] = ["ApplicationFields"],
        ["Queues"] = [],
        ["Rules"] =
        [
            "RuleBook",
            "ReferenceData",
            "ReferenceEntry",
            "Category",
            "Ladder",
            "CategoryRules",
            "DecidingBodies",
            "Competence",
        ],
        ["Year"] = ["SchoolYear", "WorkingDays"],
        ["Commission"] = ["Decision"],
        ["Categories"] = ["CategoryRecord"],
        ["People"] = ["KnownPeople", "KnownPerson"],
        ["Access"] = ["CurrentActor", "HeldRole", "Visibility", "ReadingLog"],
        ["Organisations"] = ["Organisation", "Level", "OrganisationView", "OrganisationPaths"],
        ["Data"] = ["ApplicationsDb"],
    };

    [Fact]
    public void Rooms_of_Applications_touch_each_other_only_through_their_faces()
    {
        Assert.Equal(
            faces.Keys.Order(),
            Solution.Types("Applications").Select(RoomOf).OfType<string>().Distinct().Order()
        );
        var crossings = (
            from type in Solution.Types("Applications")
            let room = RoomOf(type)
            where room is not null and not "Data"
            from used in Uses.TypesOf(type)
            let other = RoomOf(used)
            where other is not null && other != room && Uses.IsWritten(used)
            select (From: room, User: type, To: other, Used: Uses.Outermost(used).Name.Split('`')[0])
        )
            .Distinct()
            .ToList();

        Assert.Empty(
            crossings
                .Where(one => !faces[one.To].Contains(one.Used))
                .Select(one => $"{one.User} uses {one.Used} of {one.To}")
        );
        // A face that nobody looks at is none.
        Assert.Empty(
            faces
                .SelectMany(room => room.Value.Select(face => $"{room.Key}.{face}"))
                .Except(crossings.Select(one => $"{one.To}.{one.Used}"))
        );
    }

    /// <summary>Use cases whose tests stand in the file of a whole road or of a neighbour; what is new has a file of
    /// its own.</summary>
    private static readonly Dictionary<string, string> ToldElsewhere = new()
    {
        ["AcceptApplication"] = "TransitionsTests",
        ["ForwardApplication"] = "ListSubmissionsTests",
        ["RefuseApplication"] = "TransitionsTests",
        ["ReturnApplication"] = "OneApplicationTests",
        ["SendApplicationToCommission"] = "TransitionsTests",
        ["AnswerOrganisation"] = "AnswerPersonTests",
        ["CorrectOrganisation"] = "AddOrganisationTests",
        ["GetOrganisation"] = "AddOrganisationTests",
        ["ListOrganisations"] = "AddOrganisationTests",
        ["ResetPassword"] = "ForgotPasswordTests",
        ["AnswerPeopleInRole"] = "AnswerPersonTests",
        ["ChangeOwnAccount"] = "ForgotPasswordTests",
        ["GetOwnAccount"] = "ForgotPasswordTests",
        ["UnblockPerson"] = "BlockPersonTests",
        ["SignOut"] = "SessionsTests",
        ["AnswerEndedSessions"] = "AnswerPersonTests",
        ["Discovery"] = "SigningKeysTests",
        ["ListFailures"] = "EmailSenderTests",
        ["RetryFailure"] = "EmailSenderTests",
        ["ChangePreferences"] = "ListNotificationsTests",
        ["GetPreferences"] = "ListNotificationsTests",
        ["ReadAllNotifications"] = "ListNotificationsTests",
        ["ReadNotification"] = "ListNotificationsTests",
        ["ContinueUpload"] = "ResumableUploadsTests",
        ["CreateUpload"] = "ResumableUploadsTests",
    };

    [Fact]
    public void Every_use_case_has_a_file_of_tests()
    {
        var files = Solution
            .Files.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file.Path))
            .ToHashSet();
        var useCases = Solution
            .Services.SelectMany(Solution.Types)
            .Where(IsUseCase)
            .Select(type => type.Name)
            .ToHashSet();
        Assert.True(useCases.Count > 60, "The use cases were not found.");

        Assert.DoesNotContain(useCases, name => !files.Contains($"{name}Tests") && !ToldElsewhere.ContainsKey(name));
        // Nothing stays in the table that has gone, has a file by now, or leads nowhere.
        Assert.DoesNotContain(
            ToldElsewhere,
            pair => !useCases.Contains(pair.Key) || files.Contains($"{pair.Key}Tests") || !files.Contains(pair.Value)
        );
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Only_Data_knows_how_things_are_mapped_to_tables(string service)
    {
        var wrong =
            from type in Solution.Types(service)
            where !IsIn(type, $"PedAtt.{service}.Data")
            from used in Uses.TypesOf(type)
            where
                used.FullName is "Microsoft.EntityFrameworkCore.ModelBuilder"
                || used.Namespace is "Microsoft.EntityFrameworkCore.Metadata.Builders"
            select $"{type} uses {used}";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Only_ObjectStore_knows_S3()
    {
        Assert.All(
            Solution.Programs.Append("Contracts"),
            project =>
                Assert.DoesNotContain(
                    Solution.References(project, "PackageReference"),
                    package => package is "Minio" || package.StartsWith("AWSSDK", StringComparison.Ordinal)
                )
        );
        Assert.Equal(["ObjectStore"], Knowing("Minio"));
    }

    [Fact]
    public void One_room_of_Documents_knows_signatures_and_nobody_reads_them_past_Eds()
    {
        Assert.Empty(Knowing("System.Security.Cryptography.Pkcs"));
        Assert.All(
            Solution
                .Types("Documents")
                .Where(type =>
                    !IsIn(type, "PedAtt.Documents.Trust") && !type.Name.StartsWith("Program", StringComparison.Ordinal)
                ),
            type => Assert.DoesNotContain(Uses.TypesOf(type), used => IsIn(used, "PedAtt.Eds"))
        );
    }

    [Fact]
    public void Eds_knows_nothing_of_ours()
    {
        foreach (var kind in new[] { "ProjectReference", "PackageReference", "FrameworkReference" })
            Assert.Empty(Solution.References("Eds", kind));
    }

    [Fact]
    public void Time_comes_from_the_clock_that_tests_can_set()
    {
        string[] bypasses = ["get_Now", "get_UtcNow", "get_Today"];
        var wrong =
            from project in Solution.Programs.Append("ServiceDefaults")
            from type in Solution.Types(project)
            from called in Uses.Of(type).OfType<MethodBase>()
            where
                (called.DeclaringType == typeof(DateTime) || called.DeclaringType == typeof(DateTimeOffset))
                && bypasses.Contains(called.Name)
            select $"{type} calls {called.DeclaringType!.Name}.{called.Name[4..]}";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Nothing_is_called_by_a_name_that_says_nothing()
    {
        string[] empty =
        [
            "Manager",
            "Helper",
            "Helpers",
            "Utils",
            "Util",
            "Common",
            "Base",
            "Impl",
            "Dto",
            "Extensions",
        ];
        Assert.DoesNotContain(
            Solution
                .Programs.Append("ServiceDefaults")
                .Append("Contracts")
                .SelectMany(project => Solution.SourcesIn(Solution.FolderOf(project))),
            file =>
                empty.Any(word =>
                    Path.GetFileNameWithoutExtension(file.Path) is var name
                    && name.EndsWith(word, StringComparison.Ordinal)
                    && !name.EndsWith("Database", StringComparison.Ordinal)
                )
        );
    }

    /// <summary>The files (outermost types) of services and their defaults that use a namespace.</summary>
    private static string[] Knowing(string space) =>
        [
            .. from project in Solution.Programs.Append("ServiceDefaults")
            from type in Solution.Types(project)
            where Uses.TypesOf(type).Any(used => IsIn(used, space))
            group type by Uses.Outermost(type).Name into file
            orderby file.Key
            select file.Key,
        ];

    private static bool IsUseCase(Type type) =>
        type is { IsAbstract: true, IsSealed: true, DeclaringType: null }
        && type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(method =>
                method.Name == "Map"
                && method.GetParameters() is [var first, ..]
                && typeof(IEndpointRouteBuilder).IsAssignableFrom(first.ParameterType)
            );

    /// <summary>Null: the type stands in no room.</summary>
    private static string? RoomOf(Type type) =>
        type.Namespace?.Split('.') is ["PedAtt", "Applications", var room, ..] ? room : null;

    /// <summary>Rules that nothing stored is made of, by name: what a form must hold, who sees, how days are
    /// counted.</summary>
    private static readonly Dictionary<string, string[]> rulesBeside = new()
    {
        ["Applications"] =
        [
            "ApplicationForm",
            "DecisionForm",
            "Visibility",
            "HeldRole",
            "CategoryRules",
            "SchoolYear",
            "WorkingDays",
        ],
        ["Portfolio"] = ["Catalogue", "CatalogueContext", "EntryFields", "PortfolioState"],
    };

    private static HashSet<Type> Domain(string service)
    {
        var ours = Solution.Types(service).ToHashSet();
        var stored =
            from context in ours
            where typeof(ServiceDb).IsAssignableFrom(context)
            from property in context.GetProperties()
            where
                property.PropertyType is { IsGenericType: true } type
                && type.GetGenericTypeDefinition() == typeof(DbSet<>)
            select property.PropertyType.GetGenericArguments()[0];
        var rules = ours.Where(type =>
            IsIn(type, $"PedAtt.{service}.Domain")
            || (rulesBeside.TryGetValue(service, out var names) && names.Contains(type.Name))
        );
        var domain = new HashSet<Type>();
        var open = new Stack<Type>(stored.Concat(rules).Where(ours.Contains));
        while (open.TryPop(out var type))
            if (domain.Add(type))
                foreach (var used in Uses.TypesOf(type).Where(ours.Contains))
                    open.Push(used);
        return domain;
    }

    private static bool IsIn(Type type, string space) =>
        type.Namespace == space || type.Namespace?.StartsWith($"{space}.", StringComparison.Ordinal) is true;

    private static bool IsOurs(AssemblyName assembly) => assembly.Name!.StartsWith("PedAtt.", StringComparison.Ordinal);
}
