namespace PedAtt.Testing.World;

/// <summary>
/// A district with one school, and who works there, made for one test by the demonstration's administrator: nobody
/// else's applications are in its queues, nobody else's notifications in its letters.
/// </summary>
public sealed class Town
{
    private static readonly string[] families =
    [
        "Әбенова",
        "Қасымова",
        "Ғалымқызы",
        "Нұрланова",
        "Өмірзақова",
        "Үсенова",
        "Һәкімова",
        "Іскакова",
    ];
    private static readonly string[] givens = ["Айгүл", "Жанар", "Мөлдір", "Сәуле", "Гүлнар", "Ұлпан"];

    private readonly SharedSystem system;
    private readonly PedAttClient administrator;
    private readonly Authority authority;
    private readonly bool patient;

    private Town(SharedSystem system, PedAttClient administrator, bool patient)
    {
        this.system = system;
        this.administrator = administrator;
        this.patient = patient;
        authority = Authority.Demo(system.DemoKeys);
    }

    public Organisation District { get; private set; } = null!;

    public Organisation School { get; private set; } = null!;

    public Person Secretary { get; private set; } = null!;

    /// <summary>Of the district, which decides on teacher-expert here.</summary>
    public Person Executor { get; private set; } = null!;

    public Person Chair { get; private set; } = null!;

    public Catalogue Catalogue { get; private set; } = null!;

    public Reference Reference { get; private set; } = null!;

    public PedAttClient Administrator => administrator;

    public CatalogueBlock Block(string key) => Catalogue.Blocks.Single(block => block.Key == key);

    public static async Task<Town> FoundAsync(SharedSystem system, bool patient = false)
    {
        var administrator = new PedAttClient(system.Gateway, patient);
        await administrator.SignInAsync("demo-admin", SharedSystem.DemoPassword);
        var town = new Town(system, administrator, patient);

        var tree = await administrator.GetAsync<Page<Organisation>>("/api/identity/organisations?limit=200");
        var region = tree.Items.First(one => one.Level == "region");
        town.District = await town.AddOrganisationAsync(region, "district", "education-authority", "region");
        town.School = await town.AddOrganisationAsync(town.District, "organisation", "school", "district");
        town.Secretary = await town.AppointAsync("secretary", town.School);
        town.Executor = await town.AppointAsync("executor", town.District);
        town.Chair = await town.AppointAsync("commission-chair", town.District);
        town.Catalogue = await town.Secretary.GetAsync<Catalogue>("/api/portfolios/catalogue");
        town.Reference = await town.Secretary.GetAsync<Reference>("/api/applications/reference");
        return town;
    }

    public async Task<Organisation> AddOrganisationAsync(
        Organisation parent,
        string level,
        string kind,
        string subordination
    )
    {
        var number = Guid.NewGuid().ToString()[..6];
        return (
            await administrator.PostAsync(
                "/api/identity/organisations",
                new
                {
                    parentId = parent.Id,
                    level,
                    kind,
                    nameKk = level == "district" ? $"{number} ауданының білім бөлімі" : $"№{number} орта мектеп",
                    nameRu = level == "district" ? $"Отдел образования района {number}" : $"Средняя школа №{number}",
                    bin = Numbers.Bin(),
                    kato = parent.Kato,
                    subordination,
                }
            )
        ).Expect(201).As<Organisation>();
    }

    /// <summary>An administrator issues a login, the newcomer registers with it and signs in.</summary>
    public async Task<Person> NewTeacherAsync() => await AppointAsync("teacher", School);

    public async Task<Person> AppointAsync(string role, Organisation organisation, string language = "ru")
    {
        var iin = Numbers.Iin();
        var login = await IssueLoginAsync(role, organisation, iin);
        return await RegisterAsync(login, iin, organisation, asOfficial: role is not "teacher", language);
    }

    /// <summary>A teacher's login names nobody; any other is for one person, by IIN.</summary>
    public async Task<string> IssueLoginAsync(string role, Organisation organisation, string? iin = null) => (
            await administrator.PostAsync(
                "/api/identity/logins",
                new
                {
                    role,
                    organisationId = organisation.Id,
                    iin = role == "teacher" ? null : iin,
                }
            )
        ).Expect(201).As<IssuedLogin>().Login;

    /// <summary>Somebody who has not registered yet.</summary>
    public Person Newcomer(string iin, Organisation organisation, bool asOfficial = false)
    {
        var family = families[Random.Shared.Next(families.Length)];
        var given = givens[Random.Shared.Next(givens.Length)];
        return new Person(system.Gateway, patient)
        {
            Iin = iin,
            Email = $"{Guid.NewGuid():N}@example.kz",
            Phone = Numbers.Phone(),
            FamilyName = family,
            GivenName = given,
            Organisation = organisation,
            Key = authority.Issue(iin, family, given, asOfficial ? organisation.Bin : null),
        };
    }

    public async Task<Person> RegisterAsync(
        string login,
        string iin,
        Organisation organisation,
        bool asOfficial = false,
        string language = "ru",
        string? activationCode = null
    )
    {
        var person = Newcomer(iin, organisation, asOfficial);
        var answer = await person.PostAsync(
            "/api/identity/registrations",
            Registration(person, login, activationCode, language)
        );
        // Registering takes no Idempotency-Key: where the first answer was lost, the second says that it is done.
        if (!(patient && answer.Status == 400 && answer.Errors.GetValueOrDefault("login") is ["login.already-used"]))
            answer.Expect(201);
        await person.ComeInAsync(login);
        return person;
    }

    public static object Registration(
        Person person,
        string login,
        string? activationCode = null,
        string language = "ru"
    ) =>
        new
        {
            login,
            activationCode,
            iin = person.Iin,
            email = person.Email,
            phone = person.Phone,
            password = Person.Password,
            familyName = person.FamilyName,
            givenName = person.GivenName,
            language,
            consent = true,
        };

    /// <summary>What a teacher with a moderator's category types who claims an expert's.</summary>
    public Form FormOf(Person teacher, string claimed = "teacher-expert", string? current = "teacher-moderator")
    {
        var today = Today();
        return new(
            AttestationYear: today.Month >= 9 ? today.Year + 1 : today.Year,
            FilingDate: today,
            StatementForm: Reference.StatementForms[0].Key,
            PositionRu: "Учитель математики",
            PositionKk: "Математика мұғалімі",
            AttestationKind: "regular",
            CurrentCategory: current,
            CurrentCategoryValidUntil: current is null ? null : today.AddMonths(5),
            ClaimedCategory: claimed,
            Email: teacher.Email,
            Phone: teacher.Phone,
            Subjects: [Reference.Subjects[0].Key],
            NotSubjectTeacher: false,
            About: "Сегіз жыл мектепте жұмыс істеймін.",
            RulesAcknowledged: true
        );
    }

    /// <summary>A day is a day in Asia/Almaty.</summary>
    public static DateOnly Today() =>
        DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty")).DateTime
        );

    public Signer KeyOf(string iin, bool forDocuments = true, bool expired = false) =>
        authority.Issue(iin, "Басқа", "Біреу", null, forDocuments, expired);

    /// <summary>A teacher whose application, portfolio and signed statement are ready to be sent.</summary>
    public async Task<(Person Teacher, Application Application)> ReadyToSubmitAsync()
    {
        var teacher = await NewTeacherAsync();
        var application = await teacher.CreateAsync(FormOf(teacher));
        await Filler.FillAsync(teacher, application, Catalogue);
        await teacher.SignAsync(await teacher.MakeStatementAsync(application.Id));
        return (teacher, application);
    }

    /// <summary>… and has been sent to the secretary.</summary>
    public async Task<(Person Teacher, Application Application)> UnderReviewAsync()
    {
        var (teacher, application) = await ReadyToSubmitAsync();
        return (teacher, await teacher.MoveAsync(application.Id, "submit"));
    }

    /// <summary>… and the secretary has accepted everything and forwarded it to the state service.</summary>
    public async Task<(Person Teacher, Application Application)> ForwardedAsync()
    {
        var (teacher, application) = await UnderReviewAsync();
        await AcceptEverythingAsync(application.Id);
        return (teacher, await Secretary.MoveAsync(application.Id, "forward"));
    }

    /// <summary>… and the executor has accepted it by a signed receipt and sent it on to the commission.</summary>
    public async Task<(Person Teacher, Application Application)> AtCommissionAsync()
    {
        var (teacher, application) = await ForwardedAsync();
        await Executor.SignAsync(await Executor.MakeReceiptAsync(application.Id, "acceptance"));
        await Executor.MoveAsync(application.Id, "accept");
        return (teacher, await Executor.MoveAsync(application.Id, "send-to-commission"));
    }

    /// <summary>The secretary looks through what waits for a verdict.</summary>
    public async Task AcceptEverythingAsync(Guid id)
    {
        var portfolio = await Secretary.PortfolioAsync(id);
        foreach (var block in portfolio.Blocks.Where(block => block.Status is "filled").Select(block => block.Key))
            await Secretary.ReviewAsync(id, block, "accepted");
        if (portfolio.Reviews["identity-card"].Status is not "accepted")
            await Secretary.ReviewAsync(id, "identity-card", "accepted");
    }
}
