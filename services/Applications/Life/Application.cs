using PedAtt.Applications.Commission;
using PedAtt.Applications.Filing;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.Rules;
using PedAtt.Applications.Year;

namespace PedAtt.Applications.Life;

/// <summary>
/// One teacher's application for attestation in one school year. What it goes through is in
/// <see cref="ApplicationLifecycle"/>;
/// its portfolio and papers are other services', whose facts its moves are judged by.
/// </summary>
public sealed class Application
{
    private readonly List<HistoryEntry> history = [];
    private readonly List<Submission> submissions = [];

    public Guid Id { get; private init; }

    public string Number { get; private init; } = "";

    public ApplicationStatus Status { get; private set; } = ApplicationStatus.New;

    /// <summary>Raised by each change, moves included.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>The version at the last filing or edit of the application's own fields: a statement belongs to
    /// one.</summary>
    public int EditVersion { get; private set; } = 1;

    public Guid TeacherId { get; private init; }

    public string TeacherName { get; private init; } = "";

    public Guid OrganisationId { get; private init; }

    public Organisation Organisation { get; private init; } = null!;

    /// <summary>From the organisation up to the republic.</summary>
    public Guid[] OrganisationPath { get; private set; } = [];

    public Guid? DistrictId { get; private set; }

    public Guid? RegionId { get; private set; }

    public Guid? RepublicId { get; private set; }

    public Level DecidingLevel { get; private set; }

    public Guid AcceptingOrganisationId { get; private set; }

    public Guid DecidingOrganisationId { get; private set; }

    /// <summary>Every body that it was ever forwarded to: their executors keep seeing it.</summary>
    public Guid[] ForwardedTo { get; private set; } = [];

    /// <summary>The last of them, whose list it is in.</summary>
    public Guid? ForwardedToId { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset StatusSince { get; private set; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>A draft that its teacher deleted: gone for everybody, and out of the way of a new one.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>The blocks of the last return while it is to be mended.</summary>
    public string[] ReturnedBlocks { get; private set; } = [];

    /// <summary>The signed receipt's reasons while it stands refused.</summary>
    public IReadOnlyList<Refusal>? Refusal { get; private set; }

    public Decision? Decision { get; private set; }

    public IReadOnlyList<HistoryEntry> History => history;

    /// <summary>It was withdrawn before the state service answered it, so that its teacher may file another for the
    /// same year.</summary>
    public bool FreesYear { get; private set; }

    /// <summary>Null: a draft that was never moved.</summary>
    public HistoryEntry? LastMove => history.MaxBy(entry => entry.Version);

    public IReadOnlyList<Submission> Submissions => submissions;

    public Submission CurrentSubmission => submissions.MaxBy(submission => submission.Number)!;

    public int AttestationYear { get; private set; }

    /// <summary>The day of its first submission, in Almaty; null until then.</summary>
    public DateOnly? FilingDate { get; private set; }

    public string StatementForm { get; private set; } = "";
    public string PositionRu { get; private set; } = "";
    public string PositionKk { get; private set; } = "";
    public string AttestationKind { get; private set; } = "";
    public string? CurrentCategory { get; private set; }
    public DateOnly? CurrentCategoryValidUntil { get; private set; }
    public string ClaimedCategory { get; private set; } = "";
    public string Email { get; private set; } = "";
    public string Phone { get; private set; } = "";
    public string[] Subjects { get; private set; } = [];
    public bool NotSubjectTeacher { get; private set; }
    public string? About { get; private set; }

    public ApplicationFields Fields =>
        new(
            AttestationYear,
            StatementForm,
            PositionRu,
            PositionKk,
            AttestationKind,
            CurrentCategory,
            CurrentCategoryValidUntil,
            ClaimedCategory,
            Email,
            Phone,
            Subjects,
            NotSubjectTeacher,
            About,
            RulesAcknowledged: true
        );

    private Application() { }

    /// <param name="path">From the teacher's organisation up to the republic.</param>
    public static Application Create(
        string number,
        Actor teacher,
        IReadOnlyList<Organisation> path,
        ApplicationFields fields,
        RuleBook rules,
        DateTimeOffset now
    )
    {
        var application = new Application
        {
            Id = Guid.CreateVersion7(now),
            Number = number,
            TeacherId = teacher.Id,
            TeacherName = teacher.Name,
            OrganisationId = path[0].Id,
            Organisation = path[0],
            CreatedAt = now,
            StatusSince = now,
        };
        application.Set(fields);
        application.Place(path, rules, Almaty.Date(now));
        return application;
    }

    /// <exception cref="Problem">transition.not-allowed; block.not-returned</exception>
    public void Edit(ApplicationFields fields, IReadOnlyList<Organisation> path, RuleBook rules, DateOnly today)
    {
        ApplicationLifecycle.Find(Status, ApplicationAction.Edit);
        if (!MayEdit)
            throw Problem.Conflict(Codes.BlockNotReturned, "The application's own data was not returned for revision.");
        Set(fields);
        Place(path, rules, today);
        EditVersion = ++Version;
    }

    /// <summary>An edit after a return needs the application's own data to have been returned.</summary>
    private bool MayEdit => Facts.Open != OpenPart.ReturnedBlocks || ReturnedBlocks.Contains(Blocks.Application);

    /// <summary>What is true of it in the status that it has.</summary>
    public StatusFacts Facts => ApplicationLifecycle.Of(Status);

    public IReadOnlyList<ApplicationAction> AllowedActions(IReadOnlyCollection<Role> roles) =>
        [.. ApplicationLifecycle.Actions(Status, roles).Where(action => action != ApplicationAction.Edit || MayEdit)];

    /// <summary>The day by whose rules it is judged: that of its first submission, until then today, in
    /// Almaty.</summary>
    public DateOnly FilingDay(DateTimeOffset now) => FilingDate ?? Almaty.Date(now);

    /// <summary>
    /// A school year is chosen while it is a draft, this one or the next, and the one that it has may stay; once sent
    /// it keeps its year for good, also after 1 September.
    /// </summary>
    public bool MayBeFor(int year, DateOnly today) =>
        year == AttestationYear || (FilingDate is null && SchoolYear.IsOpen(year, today));

    /// <summary>A draft of a school year that is over cannot be sent.</summary>
    /// <exception cref="Problem">409 attestation-year.over</exception>
    public void RequireYear(DateOnly today)
    {
        if (FilingDate is null && AttestationYear < SchoolYear.Of(today))
            throw Problem.Conflict(Codes.AttestationYearOver, "The school year that the draft is for is over.");
    }

    /// <summary>A draft ceases to be; what was once submitted is withdrawn and kept.</summary>
    public void Delete(Actor by, DateTimeOffset now)
    {
        var move = Move(ApplicationAction.Delete, Role.Teacher, by, now);
        if (move.To is null)
            DeletedAt = now;
        else
            FreesYear = !history.Any(entry => entry.Action is ApplicationAction.Accept or ApplicationAction.Refuse);
        ReturnedBlocks = [];
    }

    public void Submit(Submission submission, Actor by)
    {
        Move(ApplicationAction.Submit, Role.Teacher, by, submission.At);
        SubmittedAt = submission.At;
        FilingDate ??= Almaty.Date(submission.At);
        ReturnedBlocks = [];
        Refusal = null;
        submissions.Add(submission);
    }

    /// <param name="returned">The blocks whose verdict is "returned".</param>
    /// <param name="reviews">JSON, kept with the submission.</param>
    public void Return(IReadOnlyList<string> returned, string reviews, Actor by, DateTimeOffset now)
    {
        Move(ApplicationAction.Return, Role.Secretary, by, now);
        CurrentSubmission.EndRound(ApplicationAction.Return, reviews);
        ReturnedBlocks = [.. returned];
    }

    public void Forward(string reviews, Actor by, DateTimeOffset now)
    {
        Move(ApplicationAction.Forward, Role.Secretary, by, now);
        CurrentSubmission.EndRound(ApplicationAction.Forward, reviews);
        ForwardedToId = AcceptingOrganisationId;
        ForwardedTo = [.. ForwardedTo.Append(AcceptingOrganisationId).Distinct()];
    }

    public void Accept(Actor by, DateTimeOffset now) => Move(ApplicationAction.Accept, Role.Executor, by, now);

    public void Refuse(IReadOnlyList<Refusal> reasons, Actor by, DateTimeOffset now)
    {
        Move(
            ApplicationAction.Refuse,
            Role.Executor,
            by,
            now,
            string.Join("\n", reasons.Select(reason => reason.Text))
        );
        Refusal = reasons;
    }

    public void SendToCommission(Actor by, DateTimeOffset now) =>
        Move(ApplicationAction.SendToCommission, Role.Executor, by, now);

    public void Decide(Decision decision, Actor by, DateTimeOffset now)
    {
        Move(ApplicationAction.Decide, Role.CommissionChair, by, now, decision.Reason, decision.Outcome);
        Decision = decision;
    }

    /// <summary>The organisation changed its subordination: what is still to be done goes to the right
    /// bodies.</summary>
    public void Reassign(IReadOnlyList<Organisation> path, RuleBook rules, DateOnly today)
    {
        Place(path, rules, today);
        Version++;
    }

    /// <summary>Whether somebody has made a move of it for another party than that of this role.</summary>
    public bool WasMovedForAnotherParty(Guid personId, Role role) =>
        history.Any(entry =>
            entry.ById == personId && ApplicationLifecycle.PartyOf(entry.ByRole) != ApplicationLifecycle.PartyOf(role)
        );

    /// <summary>Nobody acts for two parties on one case.</summary>
    /// <exception cref="Problem">409 party.conflict</exception>
    public void RequireOneParty(Guid personId, Role role)
    {
        if (WasMovedForAnotherParty(personId, role))
            throw Problem.Conflict(
                Codes.PartyConflict,
                "Whoever acted for one party on an application does not act for another."
            );
    }

    /// <summary>The one place where a status is written.</summary>
    private Move Move(
        ApplicationAction action,
        Role role,
        Actor by,
        DateTimeOffset now,
        string? comment = null,
        ApplicationStatus? outcome = null
    )
    {
        var move = ApplicationLifecycle.Find(Status, action, outcome);
        RequireOneParty(by.Id, role);
        Version++;
        history.Add(
            new HistoryEntry
            {
                ApplicationId = Id,
                Version = Version,
                At = now,
                Action = action,
                From = Status,
                To = move.To,
                ById = by.Id,
                ByName = by.Name,
                ByRole = role,
                Comment = comment,
            }
        );
        Status = move.To ?? Status;
        StatusSince = now;
        return move;
    }

    private void Place(IReadOnlyList<Organisation> path, RuleBook rules, DateOnly today)
    {
        OrganisationPath = [.. path.Select(organisation => organisation.Id)];
        DistrictId = At(Level.District);
        RegionId = At(Level.Region);
        RepublicId = At(Level.Republic);
        var competence = rules.Deciding.Of(ClaimedCategory, path, today);
        DecidingLevel = competence.DecidingLevel;
        AcceptingOrganisationId = competence.AcceptingOrganisationId;
        DecidingOrganisationId = competence.DecidingOrganisationId;

        Guid? At(Level level) => path.FirstOrDefault(organisation => organisation.Level == level)?.Id;
    }

    private void Set(ApplicationFields fields)
    {
        AttestationYear = fields.AttestationYear;
        StatementForm = fields.StatementForm;
        PositionRu = fields.PositionRu;
        PositionKk = fields.PositionKk;
        AttestationKind = fields.AttestationKind;
        CurrentCategory = fields.CurrentCategory;
        CurrentCategoryValidUntil = fields.CurrentCategoryValidUntil;
        ClaimedCategory = fields.ClaimedCategory;
        Email = fields.Email;
        Phone = fields.Phone;
        Subjects = [.. fields.Subjects];
        NotSubjectTeacher = fields.NotSubjectTeacher;
        About = fields.About;
    }
}

/// <summary>One reason of a refusal, as the signed receipt gives it.</summary>
public sealed record Refusal(string Code, string Text);

/// <summary>The keys of what is reviewed besides the catalogue's blocks.</summary>
public static class Blocks
{
    /// <summary>The application's own data.</summary>
    public const string Application = "application";
}
