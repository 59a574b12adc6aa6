using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Data;

public sealed class IdentityDb(DbContextOptions<IdentityDb> options) : ServiceDb(options)
{
    /// <summary>Names are sorted as Kazakh sorts them (Ә after А), whatever the cluster's own collation is.</summary>
    private const string Names = "names";

    public DbSet<User> Users => Set<User>();

    public DbSet<RoleAssignment> RoleAssignments => Set<RoleAssignment>();

    public DbSet<Consent> Consents => Set<Consent>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<IssuedLogin> IssuedLogins => Set<IssuedLogin>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<SignInFailure> SignInFailures => Set<SignInFailure>();

    public DbSet<KnownAddress> KnownAddresses => Set<KnownAddress>();

    public DbSet<PasswordReset> PasswordResets => Set<PasswordReset>();

    public DbSet<SignInChallenge> SignInChallenges => Set<SignInChallenge>();

    public DbSet<SecurityEvent> SecurityEvents => Set<SecurityEvent>();

    public DbSet<AdministratorAction> AdministratorActions => Set<AdministratorAction>();

    /// <summary>To be read only.</summary>
    public IQueryable<User> PeopleWithRoles() =>
        Users.AsNoTracking().Include(one => one.Assignments).ThenInclude(one => one.Organisation);

    /// <summary>Waits for its turn among all replicas until the transaction ends: for checks that a later insert relies
    /// on.</summary>
    public Task TakeTurnAsync(string what, CancellationToken ct) =>
        Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({what}, 0))", ct);

    /// <summary>
    /// Whoever takes an IIN or an e-mail for an account waits for its turn first. So the look whether it is free holds,
    /// the unique index is never violated, and PostgreSQL never writes "Key (iin)=(…) already exists" into its log.
    /// </summary>
    public async Task TakeTurnsAsync(string? iin, string? email, CancellationToken ct)
    {
        if (iin is not null)
            await TakeTurnAsync($"iin {iin}", ct);
        if (email is not null)
            await TakeTurnAsync($"e-mail {Contacts.Normalized(email)}", ct);
    }

    public Task<bool> IsIinTakenAsync(string iin, CancellationToken ct) =>
        Users.AnyAsync(one => one.Iin == iin && one.ClosedAt == null, ct);

    public Task<bool> IsEmailTakenAsync(string email, CancellationToken ct)
    {
        var normalized = Contacts.Normalized(email);
        return Users.AnyAsync(one => one.NormalizedEmail == normalized && one.ClosedAt == null, ct);
    }

    /// <summary>
    /// Waits until nobody else is changing this person, and keeps others from it until the transaction ends. A sign-in,
    /// a block, a change of roles and a new password begin with it, before they read: whichever comes second sees what
    /// the first has done.
    /// </summary>
    public Task TakeUserAsync(Guid id, CancellationToken ct) =>
        Database.ExecuteSqlAsync($"select 1 from users where id = {id} for update", ct);

    protected override void Map(ModelBuilder model)
    {
        model.HasCollation(Names, locale: "kk", provider: "icu");

        model.Entity<User>(user =>
        {
            user.ToTable("users");
            user.Property(u => u.Id).ValueGeneratedNever();
            user.Property(u => u.ConcurrencyStamp).IsConcurrencyToken();
            user.Property(u => u.UserName).HasColumnName("login").IsRequired();
            user.Property(u => u.NormalizedUserName).HasColumnName("normalized_login").IsRequired();
            user.Property(u => u.Email).IsRequired();
            user.Property(u => u.NormalizedEmail).IsRequired();
            user.Property(u => u.PhoneNumber).HasColumnName("phone").IsRequired();
            user.Ignore(u => u.Facts);
            user.Property(u => u.Name).UseCollation(Names);
            user.Property(u => u.FamilyName).UseCollation(Names);
            user.Property(u => u.GivenName).UseCollation(Names);
            // Lockout would let a stranger lock a teacher out: SlowingDown stands in its place. The rest is not used.
            user.Ignore(u => u.LockoutEnd).Ignore(u => u.LockoutEnabled).Ignore(u => u.AccessFailedCount);
            user.Ignore(u => u.TwoFactorEnabled).Ignore(u => u.EmailConfirmed).Ignore(u => u.PhoneNumberConfirmed);
            user.HasIndex(u => u.NormalizedUserName).IsUnique();
            user.HasIndex(u => u.NormalizedEmail).IsUnique().HasFilter("closed_at is null");
            user.HasIndex(u => u.Iin).IsUnique().HasFilter("closed_at is null");
            user.HasIndex(u => new { u.Name, u.Id });
            user.HasMany(u => u.Assignments).WithOne().HasForeignKey(a => a.UserId);
            user.HasOne(u => u.LastOrganisation)
                .WithMany()
                .HasForeignKey(u => u.LastOrganisationId)
                .OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<RoleAssignment>(assignment =>
        {
            assignment.ToTable("role_assignments");
            assignment.Property(a => a.Id).ValueGeneratedNever();
            assignment.HasOne(a => a.Organisation).WithMany().OnDelete(DeleteBehavior.Restrict);
            assignment
                .HasIndex(a => new
                {
                    a.UserId,
                    a.Role,
                    a.OrganisationId,
                })
                .IsUnique();
            assignment.HasIndex(a => new { a.OrganisationId, a.Role });
        });
        model.Entity<Consent>(consent =>
        {
            consent.ToTable("consents");
            consent.Property(c => c.Id).ValueGeneratedNever();
            consent.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Organisation>(organisation =>
        {
            organisation.ToTable("organisations");
            organisation.Property(o => o.Id).ValueGeneratedNever();
            organisation.Property(o => o.NameKk).UseCollation(Names);
            organisation.Property(o => o.NameRu).UseCollation(Names);
            organisation.Property(o => o.Version).IsConcurrencyToken();
            organisation
                .HasOne<Organisation>()
                .WithMany()
                .HasForeignKey(o => o.ParentId)
                .OnDelete(DeleteBehavior.Restrict);
            organisation.Ignore(o => o.Facts);
            organisation.HasIndex(o => o.Bin).IsUnique();
            organisation.HasIndex(o => new { o.NameKk, o.Id });
            organisation.HasIndex(o => new { o.NameRu, o.Id });
            organisation.HasIndex(o => o.Path).HasMethod("gin");
        });
        model.Entity<IssuedLogin>(login =>
        {
            login.ToTable("issued_logins");
            login.Property(l => l.Id).ValueGeneratedNever();
            login
                .HasOne<Organisation>()
                .WithMany()
                .HasForeignKey(l => l.OrganisationId)
                .OnDelete(DeleteBehavior.Restrict);
            login.HasIndex(l => l.Login).IsUnique();
        });
        model.Entity<Session>(session =>
        {
            session.ToTable("sessions");
            session.Property(s => s.Id).ValueGeneratedNever();
            session.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
            session.HasIndex(s => s.UserId);
            session.HasIndex(s => s.EndedAt);
            session.HasIndex(s => s.ExpiresAt);
        });
        model.Entity<RefreshToken>(token =>
        {
            token.ToTable("refresh_tokens");
            token.HasKey(t => t.Hash);
            token.HasOne<Session>().WithMany().HasForeignKey(t => t.SessionId).OnDelete(DeleteBehavior.Cascade);
            token.HasIndex(t => t.ExpiresAt);
        });
        model.Entity<SigningKey>(key =>
        {
            key.ToTable("signing_keys");
            key.Property(row => row.EncryptedPrivateKey).HasColumnName("sealed_private_key");
            key.HasKey(k => k.Kid);
        });
        model.Entity<SignInFailure>(failure =>
        {
            failure.ToTable("sign_in_failures");
            failure.Property(f => f.Id).ValueGeneratedNever();
            failure.Property(f => f.Open).HasDefaultValue(false);
            failure.HasIndex(f => new { f.LoginKey, f.At });
            failure.HasIndex(f => f.At);
        });
        model.Entity<KnownAddress>(address =>
        {
            address.ToTable("known_addresses");
            address.HasKey(a => new { a.LoginKey, a.AddressKey });
            address.HasIndex(a => a.At);
        });
        model.Entity<SignInChallenge>(challenge =>
        {
            challenge.ToTable("sign_in_challenges");
            challenge.Property(row => row.Id).ValueGeneratedNever();
            challenge.HasIndex(row => row.ExpiresAt);
        });

        model.Entity<PasswordReset>(reset =>
        {
            reset.ToTable("password_resets");
            reset.Property(r => r.Id).ValueGeneratedNever();
            reset.HasOne<User>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
            reset.HasIndex(r => r.SendAt);
            reset.HasIndex(r => r.RequestedAt);
            reset.HasIndex(r => new { r.NormalizedEmail, r.RequestedAt });
            reset.HasIndex(r => r.CodeHash).IsUnique();
        });
        model.Entity<SecurityEvent>(@event =>
        {
            @event.ToTable("security_events");
            @event.Property(e => e.Id).ValueGeneratedNever();
            @event.HasOne<User>().WithMany().HasForeignKey(e => e.UserId).OnDelete(DeleteBehavior.Cascade);
            @event.HasIndex(e => new { e.UserId, e.Id });
            @event.HasIndex(e => e.At);
        });
        model.Entity<AdministratorAction>(action =>
        {
            action.ToTable("administrator_actions");
            action.Property(a => a.Id).ValueGeneratedNever();
            action.HasIndex(a => new { a.SubjectId, a.At });
            action.HasIndex(a => a.At);
        });
    }
}
