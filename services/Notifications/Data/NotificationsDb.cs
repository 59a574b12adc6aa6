using Microsoft.EntityFrameworkCore;

namespace PedAtt.Notifications.Data;

public sealed class NotificationsDb(DbContextOptions<NotificationsDb> options) : ServiceDb(options)
{
    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<Email> Emails => Set<Email>();

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
            notification
                .HasIndex(row => new { row.PersonId, row.Sequence }, "unread")
                .HasFilter("read_at is null")
                .HasDatabaseName("ix_notifications_unread");
        });
        model.Entity<Email>(email =>
        {
            email.ToTable("letters").HasKey(row => row.NotificationId);
            email.Property(row => row.NotificationId).ValueGeneratedNever();
            email.HasOne<Notification>().WithOne().HasForeignKey<Email>(row => row.NotificationId);
            email.HasIndex(row => row.NotBefore).HasFilter("state = 'waiting'").HasDatabaseName("ix_letters_waiting");
            email
                .HasIndex(row => row.NotificationId)
                .HasFilter("state = 'failed'")
                .HasDatabaseName("ix_letters_failed");
        });
        model.Entity<Preferences>(preferences =>
        {
            preferences.ToTable("preferences").HasKey(row => row.PersonId);
            preferences.Property(row => row.PersonId).ValueGeneratedNever();
        });
    }
}
