using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PedAtt.Demonstration;
using PedAtt.Eds;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Revocation;
using PedAtt.Testing;
using Gost = PedAtt.Eds.Tests.Authority;

namespace PedAtt.Identity.Tests.Demonstration;

public sealed class DemonstrationSetTests(IdentityService service)
{
    private static readonly string[] Logins =
    [
        "demo-admin",
        "demo-executor",
        "demo-chair",
        "demo-secretary",
        "demo-school-chair",
        "demo-teacher",
        "demo-newcomer",
    ];

    [Fact]
    public async Task Everybody_of_the_set_signs_in_in_their_role()
    {
        foreach (
            var (login, role, level) in new[]
            {
                ("demo-admin", "administrator", "republic"),
                ("demo-executor", "executor", "district"),
                ("demo-chair", "commission-chair", "district"),
                ("demo-secretary", "secretary", "organisation"),
                ("demo-school-chair", "commission-chair", "organisation"),
                ("demo-teacher", "teacher", "organisation"),
            }
        )
        {
            using var client = await service.AsAsync(login);
            var me = await client.AskAsync("me").JsonAsync();
            var assignment = me.GetProperty("assignments").EnumerateArray().Single();
            Assert.Equal(
                (login, role, level),
                (me.Text("login"), assignment.Text("role"), assignment.GetProperty("organisation").Text("level"))
            );
        }
    }

    [Fact]
    public async Task A_second_start_and_a_second_replica_change_nothing()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        var before = await StateAsync();
        await using (await own.ReplicaAsync())
        await using (await own.ReplicaAsync())
            Assert.Equal(before, await StateAsync());

        async Task<string> StateAsync()
        {
            await using var db = own.Open();
            var files = Directory
                .GetFiles(own.Data, "*", SearchOption.AllDirectories)
                .Order()
                .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}");
            return string.Join(
                '\n',
                [
                    .. await db
                        .Users.OrderBy(user => user.Id)
                        .Select(user => $"{user.Id} {user.PasswordHash}")
                        .ToListAsync(),
                    .. await db
                        .Organisations.OrderBy(one => one.Id)
                        .Select(one => $"{one.Id} {one.Version}")
                        .ToListAsync(),
                    .. await db
                        .IssuedLogins.OrderBy(one => one.Id)
                        .Select(one => $"{one.Id} {one.UsedAt}")
                        .ToListAsync(),
                    .. files,
                ]
            );
        }
    }

    [Fact]
    public async Task In_production_there_is_nobody_and_no_key()
    {
        await using var production = await IdentityService.OfItsOwnAsync("Production");
        await using var db = production.Open();
        Assert.False(
            await db.Users.AnyAsync() || await db.Organisations.AnyAsync() || await db.IssuedLogins.AnyAsync()
        );
        Assert.Empty(Directory.GetFileSystemEntries(production.Data));
    }

    [Fact]
    public async Task Users_json_tells_who_is_there_the_newcomer_too()
    {
        var users = JsonSerializer
            .Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(service.DemoKeys, "users.json")))
            .EnumerateArray()
            .ToArray();
        Assert.Equal(Logins, users.Select(user => user.Text("login")));
        Assert.Equal(
            [
                "850615100017",
                "850615200013",
                "900101100014",
                "900101200010",
                "990228100011",
                "990228200018",
                "850615100801",
            ],
            users.Select(user => user.Text("iin"))
        );
        await using var db = service.Open();
        foreach (var organisation in users.Select(user => user.GetProperty("organisation")))
        {
            var kept = await db.Organisations.SingleAsync(one => one.Id == organisation.GetProperty("id").GetGuid());
            Assert.Equal((kept.Bin, kept.NameRu), (organisation.Text("bin"), organisation.Text("nameRu")));
        }
    }

    [Fact]
    public async Task Users_json_follows_a_database_that_was_made_anew_and_the_keys_stay()
    {
        await using var old = await IdentityService.OfItsOwnAsync();
        var (stale, key) = (await ReadAsync("users.json"), await ReadAsync("demo-teacher.p12"));
        await using (var db = old.Open())
        {
            await db.Database.EnsureDeletedAsync();
            await db.Database.MigrateAsync();
        }
        await using (await old.ReplicaAsync())
        {
            Assert.NotEqual(stale, await ReadAsync("users.json"));
            Assert.Equal(key, await ReadAsync("demo-teacher.p12"));
            await using var db = old.Open();
            var school = await db.Organisations.SingleAsync(one => one.Level == "organisation");
            Assert.Contains(
                $"{school.Id}",
                System.Text.Encoding.UTF8.GetString(await ReadAsync("users.json")),
                StringComparison.Ordinal
            );

            // Somebody corrects the school's name and number: the next start finds it all the same.
            await db
                .Organisations.Where(one => one.Id == school.Id)
                .ExecuteUpdateAsync(row =>
                    row.SetProperty(one => one.NameRu, "Гимназия").SetProperty(one => one.Bin, Newcomer.NewBin())
                );
        }
        await using var next = await old.ReplicaAsync();
        Assert.Contains(
            "Гимназия",
            System.Text.Encoding.UTF8.GetString(await ReadAsync("users.json")),
            StringComparison.Ordinal
        );

        Task<byte[]> ReadAsync(string file) => File.ReadAllBytesAsync(Path.Combine(old.DemoKeys, file));
    }

    [Fact]
    public async Task Each_user_has_a_GOST_key_too_that_signs_what_the_verifier_accepts()
    {
        var authority = Certificate.Read(
            await File.ReadAllBytesAsync(Path.Combine(service.Trust, "test", "demonstration-authority-gost.cer"))
        );
        Assert.Equal(authority.Thumbprint, Gost.GostFile.Read(service.DemoKeys, "ca").Certificate.Thumbprint);
        foreach (var user in DemonstrationSet.Users)
        {
            var official = user.Role != "teacher";
            var policy = new SignaturePolicy
            {
                Iin = user.Iin,
                Bin = official ? user.OrganisationBin : null,
                Roles = official ? [user.Role == "commission-chair" ? Oids.FirstHead : Oids.Employee] : [],
                WhenRevocationUnavailable = UnavailableRule.Accepts,
            };
            var cms = new Gost.TestSignature { Signer = Gost.GostFile.Read(service.DemoKeys, user.Login) }.Encode();
            var verdict = SignatureVerifier.Verify(
                Gost.TestSignature.Document,
                cms,
                new TrustAnchors([authority]),
                policy,
                TimeProvider.System.GetUtcNow(),
                RevocationEvidence.None
            );
            Assert.True(verdict.IsValid, verdict.Refusal?.ToString());
            Assert.Equal(
                (user.FamilyName.ToUpperInvariant(), user.Patronymic.ToUpperInvariant()),
                (verdict.Signer!.Surname, verdict.Signer.Patronymic)
            );
        }
    }

    [Fact]
    public async Task Each_key_opens_in_dotnet_and_in_OpenSSL_and_was_issued_by_the_authority()
    {
        using var authority = X509CertificateLoader.LoadPkcs12FromFile(
            Path.Combine(service.DemoKeys, "ca.p12"),
            "demo"
        );
        Assert.True(authority.HasPrivateKey);
        Assert.StartsWith(
            RsaKeys.AuthorityName,
            authority.GetNameInfo(X509NameType.SimpleName, false),
            StringComparison.Ordinal
        );
        Assert.Equal(
            authority.RawData,
            await File.ReadAllBytesAsync(Path.Combine(service.Trust, "test", "demonstration-authority.cer"))
        );

        foreach (var user in DemonstrationSet.Users)
        {
            var file = Path.Combine(service.DemoKeys, $"{user.Login}.p12");
            using var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, "demo");
            using var key = certificate.GetRSAPrivateKey();
            Assert.Equal(2048, key!.KeySize);
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            Assert.True(chain.Build(certificate));

            string[] Of(string oid) =>
                [
                    .. certificate
                        .SubjectName.EnumerateRelativeDistinguishedNames()
                        .Where(part => part.GetSingleElementType().Value == oid)
                        .Select(part => part.GetSingleElementValue()!),
                ];
            Assert.Equal([$"IIN{user.Iin}"], Of("2.5.4.5"));
            Assert.Equal(user.Role == "teacher" ? [] : [$"BIN{user.OrganisationBin}"], Of("2.5.4.11"));
            Assert.Equal([user.Patronymic.ToUpperInvariant()], Of("2.5.4.42"));
            Assert.Equal(
                X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation,
                certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages
            );
            Assert.Contains(
                "1.3.6.1.5.5.7.3.4",
                certificate
                    .Extensions.OfType<X509EnhancedKeyUsageExtension>()
                    .Single()
                    .EnhancedKeyUsages.Cast<Oid>()
                    .Select(oid => oid.Value)
            );

            var pem = await Tools.RunAsync("openssl", "pkcs12", "-in", file, "-passin", "pass:demo", "-nodes");
            Assert.Contains("-----BEGIN PRIVATE KEY-----", pem, StringComparison.Ordinal);
            Assert.Contains("-----BEGIN CERTIFICATE-----", pem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_newcomer_registers_with_their_own_number_alone()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var client = own.From();
        var newcomer = new Newcomer { Login = "demo-newcomer", Iin = "850615100801" };
        Assert.Equal(
            "login: login.not-issued",
            await client.PostAsync("registrations", newcomer with { Iin = Newcomer.NewIin() }).ErrorsAsync()
        );
        await client.PostAsync("registrations", newcomer).JsonAsync(201);
        using var signedIn = await own.AsAsync("demo-newcomer", newcomer.Password!);
        await signedIn.AskAsync("me").JsonAsync();
    }

    [Fact]
    public async Task The_newcomers_activation_code_stands_in_users_json_and_in_no_table()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        var code = Code();
        await using (await own.ReplicaAsync())
            Assert.Equal(code, Code());
        using var client = own.From();
        var newcomer = new Newcomer { Login = "demo-newcomer", Iin = "850615100801" };
        Assert.Equal(
            "login: login.not-issued",
            await client.PostAsync("registrations", newcomer with { ActivationCode = "2222-2222" }).ErrorsAsync()
        );
        await client.PostAsync("registrations", newcomer with { ActivationCode = code }).JsonAsync(201);
        // Used, it is told no more.
        await using (await own.ReplicaAsync())
            Assert.Null(Code());

        string? Code() =>
            JsonSerializer
                .Deserialize<JsonElement>(File.ReadAllBytes(Path.Combine(own.DemoKeys, "users.json")))
                .EnumerateArray()
                .Single(user => user.Text("login") == "demo-newcomer")
                .TryGetProperty("activationCode", out var told)
                ? told.GetString()
                : null;
    }
}
