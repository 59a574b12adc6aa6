using PedAtt.Applications.Rules;
using PedAtt.Contracts;

namespace PedAtt.Applications.Life;

/// <summary>What each move tells: read from the application as the move has made it.</summary>
public static class ApplicationEvents
{
    public static object Of(Application application, HistoryEntry made, RuleBook rules)
    {
        var (id, version, number) = (application.Id, made.Version, application.Number);
        var (teacher, path, at) = (application.TeacherId, application.OrganisationPath, made.At);
        return made.Action switch
        {
            ApplicationAction.Delete when made.To is null => new ApplicationDeleted(
                id,
                version,
                number,
                teacher,
                path,
                at
            ),
            ApplicationAction.Delete => new ApplicationWithdrawn(
                id,
                version,
                number,
                teacher,
                path,
                at,
                KebabCase.Of(made.From)
            ),
            ApplicationAction.Submit => new ApplicationSubmitted(
                id,
                version,
                number,
                teacher,
                path,
                at,
                application.Submissions.Count
            ),
            ApplicationAction.Return => new ApplicationReturned(
                id,
                version,
                number,
                teacher,
                path,
                at,
                application.ReturnedBlocks
            ),
            ApplicationAction.Forward => new ApplicationForwarded(
                id,
                version,
                number,
                teacher,
                path,
                at,
                application.AcceptingOrganisationId
            ),
            ApplicationAction.Accept => new ApplicationAccepted(
                id,
                version,
                number,
                teacher,
                path,
                at,
                application.AcceptingOrganisationId
            ),
            ApplicationAction.Refuse => new ApplicationRefused(
                id,
                version,
                number,
                teacher,
                path,
                at,
                application.AcceptingOrganisationId,
                [.. application.Refusal!.Select(reason => new RefusalReason(reason.Code, reason.Text))]
            ),
            ApplicationAction.SendToCommission => new ApplicationSentToCommission(
                id,
                version,
                number,
                teacher,
                path,
                at,
                application.DecidingOrganisationId
            ),
            ApplicationAction.Decide when application.Decision is { } decision => new ApplicationDecided(
                id,
                version,
                number,
                teacher,
                path,
                at,
                application.DecidingOrganisationId,
                KebabCase.Of(decision.Outcome),
                Named(decision.AwardedCategory, rules),
                decision.KeepsCurrent,
                decision.ProtocolNumber,
                decision.ProtocolDate,
                decision.ValidUntil,
                decision.Reason
            ),
            _ => throw new InvalidOperationException($"Nothing is told of {made.Action}."),
        };
    }

    private static NamedCategory? Named(string? key, RuleBook rules)
    {
        if (key is null)
            return null;
        var name = rules.Reference.Category(key).Name;
        return new(key, name.Kk, name.Ru, name.En);
    }
}
