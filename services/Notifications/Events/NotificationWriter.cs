using MassTransit;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;

namespace PedAtt.Notifications.Events;

/// <summary>
/// Makes the rows that <see cref="NotificationTable"/> wants for an event: exactly one for each person, whenever and
/// however often the event comes. An event that comes late still tells of something that happened, so none is ever
/// skipped as outdated.
/// </summary>
public sealed partial class NotificationWriter(
    NotificationsDb db,
    IdentityClient identity,
    TimeProvider clock,
    ILogger<NotificationWriter> log
)
{
    public async Task WriteAsync<T>(
        ConsumeContext<T> message,
        Guid applicationId,
        IReadOnlyList<Guid> organisationPath,
        IReadOnlyList<Notice> notices
    )
        where T : class
    {
        var ct = message.CancellationToken;
        var told = new Dictionary<Guid, (Notice Notice, string Language)>();
        // Asked before the transaction: nothing of ours is locked while another service thinks.
        foreach (var notice in notices)
        {
            var people = await PeopleAsync(notice.Audience, ct);
            if (people.Count == 0)
                LogNobody(notice.Kind, notice.Audience.Role ?? "teacher", applicationId);
            // Who is told twice by one event (a teacher who is also the executor) is told as what they are first of
            // all.
            foreach (var person in people)
                told.TryAdd(person.Id, (notice, person.Language));
        }

        await db.HandleOnceAsync(
            message,
            typeof(T).Name,
            async () =>
            {
                var chosen = await db
                    .Preferences.Where(row => told.Keys.Contains(row.PersonId))
                    .ToDictionaryAsync(row => row.PersonId, ct);
                foreach (var (person, (notice, language)) in told.OrderBy(pair => pair.Key))
                    await InsertAsync(
                        message.MessageId!.Value,
                        applicationId,
                        organisationPath,
                        person,
                        notice,
                        language,
                        chosen,
                        ct
                    );
            }
        );
    }

    private async Task<IReadOnlyList<Person>> PeopleAsync(Audience audience, CancellationToken ct) =>
        audience.PersonId is not { } id ? await identity.PeopleInRoleAsync(audience.Role!, audience.OrganisationIds, ct)
        : await identity.PersonAsync(id, ct) is { } person ? [person]
        : [];

    private async Task InsertAsync(
        Guid eventId,
        Guid applicationId,
        IReadOnlyList<Guid> organisationPath,
        Guid person,
        Notice notice,
        string language,
        Dictionary<Guid, Preferences> chosen,
        CancellationToken ct
    )
    {
        chosen.TryGetValue(person, out var preferences);
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var now = clock.GetUtcNow();
        var path = organisationPath.ToArray();
        var own = Preferences.LanguageOf(preferences, language);
        // One writer at a time for one person: so their rows are committed in the order of their sequence, and a stream
        // that has read up to one of them has missed none before it.
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({person.ToString()}, 0))",
            ct
        );
        var made = await db.Database.ExecuteSqlAsync(
            $"""
            insert into notifications (
                id, event_id, person_id, kind, application_id, organisation_path, title_kk, title_ru, text_kk, text_ru, language, created_at)
            values (
                {id}, {eventId}, {person}, {notice.Kind}, {applicationId}, {path}, {notice.Title.Kk}, {notice.Title.Ru},
                {notice.Body.Kk}, {notice.Body.Ru}, {own}, {now})
            on conflict (event_id, person_id) do nothing
            """,
            ct
        );
        if (made == 0)
            return;
        if (preferences?.Email is not false)
        {
            db.Emails.Add(
                new Email
                {
                    NotificationId = id,
                    State = EmailState.Waiting,
                    NotBefore = now,
                }
            );
            await db.SaveChangesAsync(ct);
        }
        // Reaches the streams of every replica when, and only when, this is committed.
        await db.Database.ExecuteSqlAsync($"select pg_notify('notifications', {person.ToString()})", ct);
    }

    [LoggerMessage(LogLevel.Warning, "{Kind} has nobody to tell as {Role}: application {ApplicationId}")]
    private partial void LogNobody(string kind, string role, Guid applicationId);
}
