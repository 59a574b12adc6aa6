using System.Text.Json.Serialization;
using PedAtt.Applications.Access;
using PedAtt.Applications.Commission;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.Rules;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

/// <summary>The shape <c>application</c> of the public contract.</summary>
/// <param name="Stage">Whose turn it is; null: nobody's any more.</param>
/// <param name="DueAt">The first moment that is too late for the executor's answer; only under state-service review, as
/// is the next.</param>
public sealed record ApplicationView(
    Guid Id,
    string Number,
    ApplicationStatus Status,
    int Version,
    int AttestationYear,
    DateOnly FilingDate,
    string StatementForm,
    string PositionRu,
    string PositionKk,
    string AttestationKind,
    string? CurrentCategory,
    DateOnly? CurrentCategoryValidUntil,
    string ClaimedCategory,
    string Email,
    string Phone,
    IReadOnlyList<string> Subjects,
    bool NotSubjectTeacher,
    string? About,
    bool RulesAcknowledged,
    PersonView Teacher,
    OrganisationView Organisation,
    Level DecidingLevel,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset StatusSince,
    int ReturnedBlocks,
    IReadOnlyList<ApplicationAction> AllowedActions,
    RefusalView? Refusal,
    Decision? Decision,
    IReadOnlyList<HistoryView> History,
    Stage? Stage,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DueAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Overdue
);

public sealed record PersonView(Guid Id, string Name);

public sealed record RefusalView(IReadOnlyList<Refusal> Reasons);

/// <param name="To">Null: the draft was deleted.</param>
public sealed record HistoryView(
    DateTimeOffset At,
    ApplicationAction Action,
    ApplicationStatus From,
    ApplicationStatus? To,
    MoverView By,
    string? Comment
);

public sealed record MoverView(Guid Id, string Name, Role Role);

/// <summary>Shows applications to the signed-in user: what they may do with each, and how much is left to be
/// mended.</summary>
public sealed class ApplicationViews(CurrentActor caller, PortfolioClient portfolio, RuleBook rules, TimeProvider clock)
{
    public async Task<ApplicationView> OfAsync(Application application, CancellationToken ct) =>
        (await OfAsync([application], ct))[0];

    public async Task<IReadOnlyList<ApplicationView>> OfAsync(
        IReadOnlyList<Application> applications,
        CancellationToken ct
    )
    {
        var returned = await portfolio.StillReturnedAsync(applications, ct);
        return [.. applications.Select(application => Of(application, returned.GetValueOrDefault(application.Id)))];
    }

    private ApplicationView Of(Application application, int returnedBlocks)
    {
        var fields = application.Fields;
        DateTimeOffset? due =
            application.Facts.Deadline == Deadline.StateServiceAnswer
                ? rules.Days.DueAt(application.StatusSince)
                : null;
        return new(
            application.Id,
            application.Number,
            application.Status,
            application.Version,
            fields.AttestationYear,
            application.FilingDay(clock.Now()),
            fields.StatementForm,
            fields.PositionRu,
            fields.PositionKk,
            fields.AttestationKind,
            fields.CurrentCategory,
            fields.CurrentCategoryValidUntil,
            fields.ClaimedCategory,
            fields.Email,
            fields.Phone,
            fields.Subjects,
            fields.NotSubjectTeacher,
            fields.About,
            fields.RulesAcknowledged,
            new(application.TeacherId, application.TeacherName),
            OrganisationView.Of(application.Organisation),
            application.DecidingLevel,
            application.SubmittedAt,
            application.StatusSince,
            returnedBlocks,
            application.AllowedActions([
                .. caller
                    .ActsIn(application)
                    .Where(role => !application.WasMovedForAnotherParty(caller.Actor.Id, role)),
            ]),
            application.Refusal is null ? null : new(application.Refusal),
            application.Decision,
            [
                .. application
                    .History.OrderBy(entry => entry.Version)
                    .Select(entry => new HistoryView(
                        entry.At,
                        entry.Action,
                        entry.From,
                        entry.To,
                        new(entry.ById, entry.ByName, entry.ByRole),
                        entry.Comment
                    )),
            ],
            application.Facts.At,
            due,
            due is null ? null : clock.Now() >= due
        );
    }
}
