using PedAtt.Applications.Data;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Access;

/// <summary>Notes each reading of another person's application: who, in which role, when. A list shows whole
/// applications, so it counts.</summary>
public sealed class ReadingLog(ApplicationsDb db, CurrentUser user, CurrentActor caller, TimeProvider clock)
{
    public async Task NoteAsync(string subject, IEnumerable<Application> read, CancellationToken ct)
    {
        foreach (var application in read)
            if (caller.ReadsAs(application) is { } role)
                db.Readings.Add(
                    new Reading
                    {
                        ReaderId = user.Id,
                        Role = role,
                        Subject = subject,
                        SubjectId = application.Id,
                        ApplicationId = application.Id,
                        At = clock.Now(),
                    }
                );
        await db.SaveChangesAsync(ct);
    }
}
