using MassTransit;
using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Applications.Rules;
using PedAtt.Contracts;

namespace PedAtt.Applications.Organisations;

/// <summary>
/// Keeps our copies of organisations fresh. An organisation never moves in the tree; a new subordination changes who
/// decides, for what the state service does not have yet: what it has stays with the body that has it.
/// </summary>
public sealed class OrganisationChangedConsumer(ApplicationsDb db, RuleBook rules, TimeProvider clock)
    : IConsumer<OrganisationChanged>
{
    private static readonly IReadOnlyList<ApplicationStatus> StillToBeForwarded = ApplicationLifecycle.Where(facts =>
        facts.BodiesFollow
    );

    public Task Consume(ConsumeContext<OrganisationChanged> context) =>
        db.HandleOnceAsync(
            context,
            nameof(OrganisationChangedConsumer),
            () => ApplyAsync(context.Message, context.CancellationToken)
        );

    private async Task ApplyAsync(OrganisationChanged told, CancellationToken ct)
    {
        var known = await db.Organisations.SingleOrDefaultAsync(organisation => organisation.Id == told.Id, ct);
        // Nobody of it has created an application: the first one brings it. And what is older than what we know says
        // nothing.
        if (known is null || known.Version >= told.Version)
            return;
        var placesAgain = known.Subordination != told.Subordination;
        known.Kind = told.Kind;
        known.NameKk = told.NameKk;
        known.NameRu = told.NameRu;
        known.Bin = told.Bin;
        known.Kato = told.Kato;
        known.Subordination = told.Subordination;
        known.Version = told.Version;
        if (placesAgain)
            await PlaceAsync(told.Id, ct);
    }

    private async Task PlaceAsync(Guid organisationId, CancellationToken ct)
    {
        var ids = await db
            .Applications.Where(application =>
                application.OrganisationId == organisationId && StillToBeForwarded.Contains(application.Status)
            )
            .OrderBy(application => application.Id)
            .Select(application => application.Id)
            .ToListAsync(ct);
        foreach (var id in ids)
            if (await db.LockAsync(id, ct) is { } application && application.Facts.BodiesFollow)
                application.Reassign(await db.PathAsync(application.OrganisationPath, ct), rules, Almaty.Today(clock));
    }
}
