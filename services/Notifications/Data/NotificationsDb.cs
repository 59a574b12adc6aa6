using Microsoft.EntityFrameworkCore;
using PedAtt.Notifications.Domain;

namespace PedAtt.Notifications.Data;

public sealed class NotificationsDb(DbContextOptions<NotificationsDb> options) : ServiceDb(options)
{
    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<Letter> Letters => Set<Letter>();

    public DbSet<Preferences> Preferences => Set<Preferences>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Notification>(notification =>
        {
            notification.ToTable("notifications").HasKey(row => row.Id);
            notification.Property(row => row.Id).ValueGeneratedNever();
            notification.Property(row => row.Sequence).UseIdentityAlwaysColumn();
            notification.HasIndex(row => new { row.EventId, row.PersonId }).IsUnique();
            notification.HasIndex(row => new { row.PersonId, row.Sequence });
            notification.HasIndex(row => new { row.PersonId, row.Sequence }, "ix_notifications_unread").HasFilter("read_at is null");
        });
        model.Entity<Letter>(letter =>
        {
            letter.ToTable("letters").HasKey(row => row.NotificationId);
            letter.Property(row => row.NotificationId).ValueGeneratedNever();
            letter.HasOne<Notification>().WithOne().HasForeignKey<Letter>(row => row.NotificationId);
            letter.HasIndex(row => row.NotBefore, "ix_letters_waiting").HasFilter("state = 'waiting'");
            letter.HasIndex(row => row.NotificationId, "ix_letters_failed").HasFilter("state = 'failed'");
        });
        model.Entity<Preferences>(preferences =>
        {
            preferences.ToTable("preferences").HasKey(row => row.PersonId);
            preferences.Property(row => row.PersonId).ValueGeneratedNever();
        });
    }
}
