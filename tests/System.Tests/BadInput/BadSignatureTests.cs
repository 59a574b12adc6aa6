namespace PedAtt.SystemTests.BadInput;

/// <summary>What a wrong signature gets. Nothing half-written: the document stays unsigned and takes the right
/// one.</summary>
public class BadSignatureTests(SharedSystem system)
{
    [Fact]
    public async Task A_statement_takes_its_teachers_own_signature_over_its_own_bytes_and_nothing_else()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var statement = await teacher.MakeStatementAsync(application.Id);
        var pdf = await teacher.ContentAsync(statement);
        using var unknown = Authority.Unknown();

        (await teacher.TrySignAsync(statement, [.. "not a CMS"u8])).Refused(422, "signature.malformed");
        (await teacher.PostAsync($"/api/documents/{statement.Id}/signature", new { cms = "это не base64" })).Refused(
            422,
            "signature.malformed"
        );
        (await teacher.TrySignAsync(statement, town.KeyOf(Numbers.Iin()).Sign(pdf))).Refused(
            422,
            "signature.wrong-signer"
        );
        (await teacher.TrySignAsync(statement, teacher.Key.Sign([.. pdf, 0x0a]))).Refused(422, "signature.invalid");
        (await teacher.TrySignAsync(statement, teacher.Key.SignWithSha1(pdf))).Refused(422, "signature.algorithm");
        (await teacher.TrySignAsync(statement, unknown.Issue(teacher.Iin, "Кто", "Угодно").Sign(pdf))).Refused(
            422,
            "signature.untrusted"
        );
        (await teacher.TrySignAsync(statement, town.KeyOf(teacher.Iin, expired: true).Sign(pdf))).Refused(
            422,
            "signature.expired"
        );
        (await teacher.TrySignAsync(statement, town.KeyOf(teacher.Iin, forDocuments: false).Sign(pdf))).Refused(
            422,
            "signature.wrong-usage"
        );
        (await teacher.PostAsync($"/api/documents/{statement.Id}/signature", new { })).Invalid("cms", "required");

        Assert.Empty((await teacher.DocumentsAsync(application.Id)).Single().Signatures);
        (await teacher.GetAsync($"/api/documents/{statement.Id}/signature")).Refused(404, "not-found");
        await teacher.SignAsync(statement);
        (await teacher.TrySignAsync(statement, teacher.Key.Sign(pdf))).Refused(409, "document.already-signed");
    }

    [Fact]
    public async Task A_receipt_of_an_earlier_round_counts_for_nothing()
    {
        var town = await Town.FoundAsync(system);
        var (teacher, application) = await town.ForwardedAsync();
        var id = application.Id;
        var executor = town.Executor;
        var unsigned = await executor.MakeReceiptAsync(id, "acceptance");
        var refusal = await executor.SignAsync(
            await executor.MakeReceiptAsync(id, "refusal", new Reason("no-consent", "Нет согласия."))
        );
        (await executor.PostAsync($"/api/documents/applications/{id}/receipts", new { kind = "acceptance" })).Refused(
            409,
            "receipt.already-signed"
        );
        (await executor.TryAsync(id, "accept")).Refused(409, "receipt.not-signed");
        await executor.MoveAsync(id, "refuse");

        await teacher.MoveAsync(id, "submit");
        await town.AcceptEverythingAsync(id);
        await town.Secretary.MoveAsync(id, "forward");
        (await executor.TryAsync(id, "refuse")).Refused(409, "receipt.not-signed");
        (await executor.TrySignAsync(unsigned, executor.Key.Sign(await executor.ContentAsync(unsigned)))).Refused(
            409,
            "document.superseded"
        );
        (await executor.TryAsync(id, "accept")).Refused(409, "receipt.not-signed");
        Assert.Equal("under-state-service-review", (await executor.LookAsync(id)).Status);

        // A receipt is signed by the executor who made it, and by nobody else.
        var receipt = await executor.MakeReceiptAsync(id, "acceptance");
        Assert.NotEqual(refusal.Id, receipt.Id);
        (await executor.TrySignAsync(receipt, teacher.Key.Sign(await executor.ContentAsync(receipt)))).Refused(
            422,
            "signature.wrong-signer"
        );
        // Until then it is a draft that nobody else sees.
        (await teacher.TrySignAsync(receipt, teacher.Key.Sign(await executor.ContentAsync(receipt)))).Refused(
            404,
            "not-found"
        );
        await executor.SignAsync(receipt);
        (await teacher.TrySignAsync(receipt, teacher.Key.Sign(await executor.ContentAsync(receipt)))).Refused(
            403,
            "role.not-allowed"
        );
    }

    [Fact]
    public async Task A_refusal_names_its_reasons()
    {
        var town = await system.TownAsync();
        var (_, application) = await town.ForwardedAsync();
        var path = $"/api/documents/applications/{application.Id}/receipts";
        (await town.Executor.PostAsync(path, new { kind = "perhaps" })).Invalid("kind", "unknown-key");
        (await town.Executor.PostAsync(path, new { kind = "refusal" })).Invalid("reasons", "required");
        Assert.DoesNotContain(
            await town.Executor.DocumentsAsync(application.Id),
            document => document.Kind.EndsWith("receipt", StringComparison.Ordinal)
        );
    }
}
