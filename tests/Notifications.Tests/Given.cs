using PedAtt.Contracts;

namespace PedAtt.Notifications.Tests;

/// <summary>An application of nobody in particular and what happens to it.</summary>
public sealed class Given
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 23, 4, 0, 0, TimeSpan.Zero);

    public Guid Application { get; } = Guid.CreateVersion7();

    public Guid Teacher { get; init; } = Guid.CreateVersion7();

    public Guid School { get; } = Guid.CreateVersion7();

    public Guid District { get; } = Guid.CreateVersion7();

    public Guid[] Path => [School, District];

    public string Number { get; } = "2027-000123";

    public ApplicationSubmitted Submitted(int submission = 1) =>
        new(Application, 2, Number, Teacher, Path, Morning, submission);

    public ApplicationReturned Returned => new(Application, 3, Number, Teacher, Path, Morning, ["diploma", "essay"]);

    public ApplicationForwarded Forwarded => new(Application, 5, Number, Teacher, Path, Morning, District);

    public ApplicationAccepted Accepted => new(Application, 6, Number, Teacher, Path, Morning, District);

    public ApplicationRefused Refused =>
        new(
            Application,
            6,
            Number,
            Teacher,
            Path,
            Morning,
            District,
            [new RefusalReason("unreliable-data", "Диплом басқа адамдікі")]
        );

    public ApplicationSentToCommission Sent => new(Application, 7, Number, Teacher, Path, Morning, District);

    public ApplicationDecided Decided(string outcome = "meets") =>
        new(
            Application,
            8,
            Number,
            Teacher,
            Path,
            Morning,
            District,
            outcome,
            outcome == "does-not-meet"
                ? null
                : new NamedCategory("teacher-expert", "педагог-сарапшы", "педагог-эксперт", "teacher-expert"),
            KeepsCurrent: outcome == "does-not-meet",
            "17",
            new DateOnly(2026, 11, 20),
            new DateOnly(2031, 11, 20),
            outcome == "meets" ? null : "Жетістіктері расталмаған"
        );

    public ApplicationWithdrawn Withdrawn =>
        new(Application, 4, Number, Teacher, Path, Morning, "returned-for-revision");

    public ApplicationDeleted Deleted => new(Application, 2, Number, Teacher, Path, Morning);
}
