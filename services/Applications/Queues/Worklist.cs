using PedAtt.Applications.Access;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;

namespace PedAtt.Applications.Queues;

/// <summary>A part of all applications that somebody sees because of one of their roles: those of one teacher,
/// territory or body.</summary>
/// <param name="Column">The column it is cut by; each has its own index.</param>
public sealed record Worklist(string Column, Guid Id, IReadOnlyList<ApplicationStatus> Statuses)
{
    private static readonly IReadOnlyList<ApplicationStatus> All = Enum.GetValues<ApplicationStatus>();

    public static Worklist OfTeacher(Guid teacherId) => new("teacher_id", teacherId, All);

    /// <summary>The lists of somebody's heldRoles; a body's member and its chair look at the same one.</summary>
    public static IReadOnlyList<Worklist> Of(IEnumerable<HeldRole> heldRoles) =>
        [
            .. heldRoles
                .Where(held => held.Role != Role.Teacher)
                .Select(Of)
                .DistinctBy(queue => (queue.Column, queue.Id)),
        ];

    /// <summary>All that lies in the territory of an organisation.</summary>
    public static Worklist OfTerritory(Level level, Guid id) =>
        new(TerritoryColumn(level), id, Visibility.ListedFor(Role.Secretary));

    public static string TerritoryColumn(Level level) =>
        level switch
        {
            Level.Organisation => "organisation_id",
            Level.District => "district_id",
            Level.Region => "region_id",
            _ => "republic_id",
        };

    private static Worklist Of(HeldRole held) =>
        held.Role switch
        {
            Role.Secretary => OfTerritory(held.Level, held.OrganisationId),
            Role.Executor => new("forwarded_to_id", held.OrganisationId, Visibility.ListedFor(held.Role)),
            _ => new("deciding_organisation_id", held.OrganisationId, Visibility.ListedFor(held.Role)),
        };
}
