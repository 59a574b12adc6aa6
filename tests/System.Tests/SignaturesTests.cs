using System.IO.Compression;
using System.Text.Json;
using PedAtt.Eds;
using PedAtt.Eds.Certificates;
using Gost = PedAtt.Eds.Tests.Authority;

namespace PedAtt.SystemTests;

/// <summary>Signing many documents at once, and the evidence that is kept of each signature.</summary>
public class SignaturesTests(SharedSystem system)
{
    [Fact]
    public async Task An_executor_signs_many_receipts_at_once_and_goes_on_where_it_broke_off()
    {
        var town = await system.TownAsync();
        var receipts = new List<Document>();
        for (var i = 0; i < 2; i++)
            receipts.Add(
                await town.Executor.MakeReceiptAsync((await town.ForwardedAsync()).Application.Id, "acceptance")
            );
        var signed = new List<byte[]>();
        foreach (var receipt in receipts)
            signed.Add(town.Executor.Key.Sign(await town.Executor.ContentAsync(receipt)));
        var nowhere = Guid.CreateVersion7();

        // One is over another document, one is of nobody; the third is not held up.
        var items = await SignAsync((receipts[0].Id, signed[1]), (nowhere, signed[0]), (receipts[1].Id, signed[1]));
        Assert.Equal(
            [("refused", "signature.invalid"), ("refused", "not-found"), ("signed", null)],
            items.Select(item => (item.GetProperty("outcome").GetString(), item.GetProperty("code").GetString()))
        );
        Assert.Equal(
            [receipts[0].Id, nowhere, receipts[1].Id],
            items.Select(item => item.GetProperty("documentId").GetGuid())
        );
        var document = items[2].GetProperty("document").Deserialize<JsonElement>();
        Assert.Equal("valid", document.GetProperty("signatures")[0].GetProperty("verdict").GetString());

        // Called again with all of them: what is done is answered as done.
        for (var again = 0; again < 2; again++)
        {
            items = await SignAsync((receipts[0].Id, signed[0]), (receipts[1].Id, signed[1]));
            Assert.All(
                items,
                item =>
                    Assert.Equal(
                        ("signed", 1),
                        (
                            item.GetProperty("outcome").GetString(),
                            item.GetProperty("document").GetProperty("signatures").GetArrayLength()
                        )
                    )
            );
        }
        // Another signature of a signed one is none of these. (By another key: the same one signs alike within one
        // second.)
        var other = town.KeyOf(town.Executor.Iin).Sign(await town.Executor.ContentAsync(receipts[0]));
        Assert.Equal(
            "document.already-signed",
            (await SignAsync((receipts[0].Id, other)))[0].GetProperty("code").GetString()
        );

        (
            await town.Executor.PostAsync("/api/documents/signatures", new { signatures = Array.Empty<object>() })
        ).Invalid("signatures", "required");
        (
            await town.Executor.PostAsync(
                "/api/documents/signatures",
                new { signatures = new[] { new { documentId = nowhere } } }
            )
        ).Invalid("signatures", "required");

        async Task<List<JsonElement>> SignAsync(params (Guid Id, byte[] Cms)[] all) =>
            [
                .. (
                    await town.Executor.PostAsync(
                        "/api/documents/signatures",
                        new
                        {
                            signatures = all.Select(one => new
                            {
                                documentId = one.Id,
                                cms = Convert.ToBase64String(one.Cms),
                            }),
                        }
                    )
                )
                    .Expect(200)
                    .Json.GetProperty("items")
                    .EnumerateArray(),
            ];
    }

    [Fact]
    public async Task A_GOST_key_signs_as_an_RSA_key_does()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var statement = await teacher.MakeStatementAsync(application.Id);
        var content = await teacher.ContentAsync(statement);
        var authority = Gost.GostFile.Read(system.DemoKeys, "ca");
        Gost.TestSignature By(string iin) =>
            new()
            {
                Content = content,
                SigningTime = DateTimeOffset.UtcNow,
                Signer = new Gost.TestCertificate(
                    new Gost.Template
                    {
                        Key = Gost.TestKey.Gost($"{iin}"),
                        SerialNumber = 7,
                        Subject =
                        [
                            (Oids.CommonName, "СЫНАҚОВ СЫНАҚ"),
                            (Oids.SerialNumber, $"IIN{iin}"),
                            (Oids.Country, "KZ"),
                        ],
                        NotBefore = authority.Certificate.NotBefore,
                        NotAfter = DateTimeOffset.UtcNow.AddDays(1),
                        KeyUsage = KeyUsages.DigitalSignature | KeyUsages.NonRepudiation,
                        Purposes = [Oids.DocumentSigning, Oids.Individual],
                    },
                    authority
                ),
            };

        (await teacher.TrySignAsync(statement, (By(teacher.Iin) with { BreakSignature = true }).Encode())).Refused(
            422,
            "signature.invalid"
        );
        (await teacher.TrySignAsync(statement, By("850615100017").Encode())).Refused(422, "signature.wrong-signer");
        var signed = (await teacher.TrySignAsync(statement, By(teacher.Iin).Encode())).Expect(200).As<Document>();
        Assert.Equal("valid", Assert.Single(signed.Signatures).Verdict);
    }

    [Fact]
    public async Task Every_signature_has_its_evidence_which_verifies_without_us()
    {
        var town = await system.TownAsync();
        var (teacher, application) = await town.ReadyToSubmitAsync();
        var statement = Assert.Single(await teacher.DocumentsAsync(application.Id));

        var evidence = (await teacher.GetAsync($"/api/documents/{statement.Id}/evidence")).Expect(200);
        Assert.Equal("application/zip", evidence.ContentHeaders.ContentType?.MediaType);
        using (var zip = new ZipArchive(new MemoryStream(evidence.Bytes)))
        {
            Assert.Equal(await teacher.ContentAsync(statement), await ReadAsync(zip, "document.pdf"));
            Assert.Equal(
                (await teacher.GetAsync($"/api/documents/{statement.Id}/signature")).Expect(200).Bytes,
                await ReadAsync(zip, "signature-1/signature.cms")
            );
        }
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, evidence.Bytes, TestContext.Current.CancellationToken);
        var said = await Testing.Tools.RunAsync(
            "dotnet",
            typeof(Eds.Verify.BundleVerification).Assembly.Location,
            file
        );
        Assert.EndsWith("VALID", said.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("NOT VALID", said, StringComparison.Ordinal);
        Assert.DoesNotContain("DIFFERS", said, StringComparison.Ordinal);
        File.Delete(file);

        (await town.Executor.GetAsync($"/api/documents/{statement.Id}/evidence")).Refused(404, "not-found");
        static async Task<byte[]> ReadAsync(ZipArchive zip, string name)
        {
            await using var entry = zip.GetEntry(name)!.Open();
            using var content = new MemoryStream();
            await entry.CopyToAsync(content);
            return content.ToArray();
        }
    }

    [Fact]
    public async Task A_registered_person_signs_in_with_their_key_by_a_text_that_is_good_once()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var statement = await teacher.MakeStatementAsync(application.Id);
        using var client = new PedAttClient(system.Gateway);

        var (id, text) = await ChallengeAsync();
        // Their login was issued to nobody by name: the key alone would end what it does not know to be theirs.
        var tokens = (await SignInAsync(id, teacher.Key.Sign(text), Person.Password)).Expect(200).As<Tokens>();
        using var signedIn = new PedAttClient(system.Gateway);
        signedIn.UseToken(tokens.AccessToken);
        Assert.Equal(
            teacher.Id,
            (await signedIn.GetAsync("/api/identity/me")).Expect(200).Json.GetProperty("id").GetGuid()
        );
        (await SignInAsync(id, teacher.Key.Sign(text))).Refused(401, "challenge.invalid");

        // Neither signature stands for the other.
        (await teacher.TrySignAsync(statement, teacher.Key.Sign(text))).Refused(422, "signature.invalid");
        (id, text) = await ChallengeAsync();
        (await SignInAsync(id, teacher.Key.Sign(await teacher.ContentAsync(statement)))).Refused(
            422,
            "signature.invalid"
        );
        // Nor one over another text of ours.
        var other = await ChallengeAsync();
        (await SignInAsync((await ChallengeAsync()).Id, teacher.Key.Sign(other.Text))).Refused(
            422,
            "signature.invalid"
        );
        (await SignInAsync((await ChallengeAsync()).Id, "garbage"u8.ToArray())).Refused(422, "signature.malformed");
        // A good signature of somebody who is not registered.
        (id, text) = await ChallengeAsync();
        (await SignInAsync(id, town.KeyOf(Numbers.Iin()).Sign(text))).Refused(401, "eds.not-registered");

        // As a browser does it.
        (id, text) = await ChallengeAsync();
        var session = (
            await client.PostAsync(
                "/session",
                new { eds = new { challengeId = id, cms = Convert.ToBase64String(teacher.Key.Sign(text)) } }
            )
        ).Expect(204);
        Assert.Contains("pedatt=", session.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);

        async Task<(Guid Id, byte[] Text)> ChallengeAsync()
        {
            var challenge = (await client.PostAsync("/api/identity/eds/challenge")).Expect(200).Json;
            return (challenge.GetProperty("id").GetGuid(), challenge.GetProperty("challenge").GetBytesFromBase64());
        }

        Task<Answer> SignInAsync(Guid challengeId, byte[] cms, string? password = null) =>
            client.PostAsync(
                "/api/identity/tokens/eds",
                new
                {
                    challengeId,
                    cms = Convert.ToBase64String(cms),
                    password,
                }
            );
    }

    [Fact]
    public async Task Anybody_is_told_that_test_keys_count_here()
    {
        using var nobody = new PedAttClient(system.Gateway);
        Assert.Equal(
            "test",
            (await nobody.GetAsync("/api/documents/trust")).Expect(200).Json.GetProperty("profile").GetString()
        );
    }
}
