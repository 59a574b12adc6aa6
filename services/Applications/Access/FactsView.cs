using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.Rules;
using PedAtt.Internal;

namespace PedAtt.Applications.Access;

/// <summary>An application as the other services need it.</summary>
public static class FactsView
{
    public static ApplicationFacts Of(Application application, RuleBook rules, DateTimeOffset now) =>
        new(
            application.Id,
            application.Number,
            application.Version,
            application.EditVersion,
            KebabCase.Of(application.Status),
            application.TeacherId,
            application.TeacherName,
            application.OrganisationId,
            application.OrganisationPath,
            KebabCase.Of(application.DecidingLevel),
            application.AcceptingOrganisationId,
            application.DecidingOrganisationId,
            OpenFor(application),
            [
                .. application
                    .Submissions.OrderBy(submission => submission.Number)
                    .Select(submission => new SubmissionReference(
                        submission.Number,
                        submission.SnapshotId,
                        submission.EditVersion,
                        submission.At,
                        submission.IsForwarded
                    )),
            ],
            DataOf(application, rules, now)
        )
        {
            Stage = application.Facts.At is { } stage ? KebabCase.Of(stage) : null,
            Work = application.Facts.Work is { } work ? [KebabCase.Of(work)] : [],
        };

    private static Openness OpenFor(Application application) =>
        application.Facts.Open switch
        {
            OpenPart.Everything => Openness.Full,
            OpenPart.ReturnedBlocks => new(Everything: false, application.ReturnedBlocks),
            _ => Openness.Closed,
        };

    private static ApplicationData DataOf(Application application, RuleBook rules, DateTimeOffset now)
    {
        var reference = rules.Reference;
        var fields = application.Fields;
        return new(
            fields.AttestationYear,
            application.FilingDay(now),
            Entry(reference.StatementForms, fields.StatementForm),
            fields.PositionRu,
            fields.PositionKk,
            Entry(reference.AttestationKinds, fields.AttestationKind),
            fields.CurrentCategory is { } current ? CategoryOf(current) : null,
            fields.CurrentCategoryValidUntil,
            CategoryOf(fields.ClaimedCategory),
            fields.Email,
            fields.Phone,
            [.. fields.Subjects.Select(key => Entry(reference.Subjects, key))],
            fields.NotSubjectTeacher,
            fields.About,
            application.Organisation.NameKk,
            application.Organisation.NameRu,
            application.CreatedAt
        );

        static Term Entry(IReadOnlyList<ReferenceEntry> entries, string key) =>
            TermOf(key, entries.First(entry => entry.Key == key).Name);

        Term CategoryOf(string key) => TermOf(key, reference.Category(key).Name);

        static Term TermOf(string key, Localized name) => new(key, name.Kk, name.Ru, name.En);
    }
}
