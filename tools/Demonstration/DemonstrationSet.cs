using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Demonstration;

/// <summary>An invented person; nobody born in the nineteenth century is alive to hold one of these IINs.</summary>
public sealed record DemonstrationUser(
    string Login,
    string Iin,
    string Role,
    string OrganisationBin,
    string FamilyName,
    string GivenName,
    string Patronymic,
    string Language
);

/// <summary>What an empty system gets in Development, and nowhere else: a small tree and a person in each
/// role.</summary>
public static class DemonstrationSet
{
    public const string Password = "Demo-2026-pedatt";

    public const string Newcomer = "demo-newcomer";

    private const string Republic = "220740000019";
    private const string Region = "220740000020";
    private const string District = "220740000032";
    private const string School = "220740000044";

    public static readonly IReadOnlyList<DemonstrationUser> Users =
    [
        new("demo-admin", "850615100017", Roles.Administrator, Republic, "Әлімов", "Ерлан", "Серікұлы", "ru"),
        new("demo-executor", "850615200013", Roles.Executor, District, "Қасымова", "Гүлнар", "Маратқызы", "ru"),
        new("demo-chair", "900101100014", Roles.CommissionChair, District, "Оспанов", "Бауыржан", "Нұрланұлы", "kk"),
        new("demo-secretary", "900101200010", Roles.Secretary, School, "Ізбасарова", "Айгүл", "Төлегенқызы", "ru"),
        new("demo-school-chair", "990228100011", Roles.CommissionChair, School, "Үсенов", "Дәурен", "Қайратұлы", "kk"),
        new("demo-teacher", "990228200018", Roles.Teacher, School, "Сәрсенова", "Жанар", "Асқарқызы", "ru"),
        new(Newcomer, "850615100801", Roles.Teacher, School, "Нұрбеков", "Талғат", "Ермекұлы", "kk"),
    ];

    /// <summary>Makes what is missing; a second run changes nothing.</summary>
    /// <param name="keys">The folder of the keys and of users.json.</param>
    /// <param name="trust">The folder of the authorities whose signatures count.</param>
    public static Task MakeAsync(
        IdentityDb db,
        IPasswordHasher<User> hasher,
        TimeProvider clock,
        string keys,
        string trust
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                await db.TakeTurnAsync("demonstration", CancellationToken.None);
                if (!await db.Organisations.AnyAsync())
                    await FillAsync(db, hasher, clock.Now());
                if (await db.Users.AnyAsync(user => user.UserName == "demo-admin"))
                    RsaKeys.Make(keys, trust, await PlacesAsync(db), await NewcomersCodeAsync(db, keys), clock.Now());
            },
            CancellationToken.None
        );

    /// <summary>The one that users.json tells, where it still is the right one; only its hash stands in the
    /// database.</summary>
    private static async Task<string?> NewcomersCodeAsync(IdentityDb db, string keys)
    {
        var issued = await db.IssuedLogins.SingleOrDefaultAsync(one => one.Login == Newcomer && one.UsedAt == null);
        if (issued is null)
            return null;
        if (
            RsaKeys.KnownCode(keys) is { } known
            && issued.ActivationCodeHash is { } hash
            && hash.SequenceEqual(Secrets.Hash(Secrets.Typed(known)))
        )
            return known;
        var code = Secrets.ActivationCode();
        issued.ActivationCodeHash = Secrets.Hash(Secrets.Typed(code));
        await db.SaveChangesAsync();
        return code;
    }

    /// <summary>By login, not by number or name: those an administrator may have corrected since.</summary>
    private static Task<Dictionary<string, Organisation>> PlacesAsync(IdentityDb db)
    {
        var logins = Users.Select(user => user.Login).ToArray();
        return db
            .IssuedLogins.Where(issued => logins.Contains(issued.Login))
            .Join(
                db.Organisations,
                issued => issued.OrganisationId,
                one => one.Id,
                (issued, one) => new { issued.Login, Organisation = one }
            )
            .ToDictionaryAsync(pair => pair.Login, pair => pair.Organisation);
    }

    private static async Task FillAsync(IdentityDb db, IPasswordHasher<User> hasher, DateTimeOffset now)
    {
        var republic = Add(
            null,
            Levels.Republic,
            "education-authority",
            "Демонстрациялық министрлік",
            "Демонстрационное министерство",
            Republic,
            "000000000",
            "republic"
        );
        var region = Add(
            republic,
            Levels.Region,
            "education-authority",
            "Демонстрациялық облыстың білім басқармасы",
            "Управление образования демонстрационной области",
            Region,
            "350000000",
            "republic"
        );
        var district = Add(
            region,
            Levels.District,
            "education-authority",
            "Демонстрациялық ауданның білім бөлімі",
            "Отдел образования демонстрационного района",
            District,
            "351000000",
            "region"
        );
        Add(
            district,
            Levels.Organisation,
            "school",
            "№ 1 демонстрациялық мектеп",
            "Демонстрационная школа № 1",
            School,
            "351010000",
            "district"
        );

        var hash = hasher.HashPassword(null!, Password);
        for (var i = 0; i < Users.Count; i++)
        {
            var one = Users[i];
            var organisation = db.Organisations.Local.Single(place => place.Bin == one.OrganisationBin);
            var isRegistered = one.Login != Newcomer;
            var issued = new IssuedLogin
            {
                Login = one.Login,
                Role = one.Role,
                OrganisationId = organisation.Id,
                Iin = one.Iin,
                IssuedAt = now,
                // It is there to be tried, however long ago the system was started first.
                ExpiresAt = now + (isRegistered ? SessionRules.IssuedLogin : TimeSpan.FromDays(3650)),
            };
            db.IssuedLogins.Add(issued);
            if (!isRegistered)
                continue;
            var user = new User
            {
                Id = Guid.CreateVersion7(),
                UserName = one.Login,
                NormalizedUserName = one.Login.ToUpperInvariant(),
                Iin = one.Iin,
                Email = $"{one.Login}@pedatt.example",
                NormalizedEmail = Contacts.Normalized($"{one.Login}@pedatt.example"),
                PhoneNumber = $"+7700000000{i}",
                FamilyName = one.FamilyName,
                GivenName = one.GivenName,
                Patronymic = one.Patronymic,
                Name = User.NameOf(one.FamilyName, one.GivenName, one.Patronymic),
                Language = one.Language,
                RegisteredAt = now,
                ProvenAt = now,
                ProvenBy = Proof.ActivationCode,
                PasswordHash = hash,
                SecurityStamp = Guid.NewGuid().ToString(),
            };
            db.Users.Add(user);
            db.RoleAssignments.Add(
                new RoleAssignment
                {
                    UserId = user.Id,
                    Role = one.Role,
                    OrganisationId = organisation.Id,
                    GivenAt = now,
                }
            );
            (issued.UsedAt, issued.UserId) = (now, user.Id);
        }
        await db.SaveChangesAsync();

        Organisation Add(
            Organisation? parent,
            string level,
            string kind,
            string kk,
            string ru,
            string bin,
            string kato,
            string subordination
        )
        {
            var organisation = Organisation.Under(parent, level, kind, kk, ru, bin, kato, subordination);
            db.Organisations.Add(organisation);
            db.Publish(organisation.Changed(now));
            return organisation;
        }
    }
}
