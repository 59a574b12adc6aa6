namespace PedAtt.SystemTests;

/// <summary>One application lives its whole life: api.md's "A whole life, call by call", through the gateway, on real
/// servers.</summary>
public class OneApplicationTests(SharedSystem system)
{
    [Fact]
    public async Task A_teacher_files_mends_and_is_awarded()
    {
        var town = await Town.FoundAsync(system);

        // An administrator has issued a login; the newcomer registers with it, signs in and files.
        var teacher = await town.NewTeacherAsync();
        var form = town.FormOf(teacher);
        var application = await teacher.CreateAsync(form);
        var id = application.Id;
        Assert.Equal("new", application.Status);
        Assert.Equal("district", application.DecidingLevel);
        Assert.Equal(["delete", "edit"], application.AllowedActions.Except(["submit"]).Order());
        Assert.Equivalent(form, application.ToForm());
        Assert.Null(application.SubmittedAt);
        Assert.Equal(teacher.Id, application.Teacher.Id);
        Assert.Equal($"{teacher.FamilyName} {teacher.GivenName}", application.Teacher.Name);

        // Nobody sees what is new but its teacher.
        (await town.Secretary.GetAsync($"/api/applications/{id}")).Refused(404, "not-found");

        // The portfolio is there at once, open and empty; what the catalogue asks for is missing, with the ID card.
        var portfolio = await teacher.PortfolioAsync(id);
        Assert.False(portfolio.Locked);
        Assert.False(portfolio.Complete);
        var needed = Filler.Needed(portfolio, town.Catalogue).Select(block => block.Key).ToList();
        Assert.Equal(needed.Append("identity-card").Order(), portfolio.Missing.Order());
        Assert.Equal("incomplete", await WhySubmittingFails(teacher, id));

        await Filler.FillAsync(teacher, application, town.Catalogue);
        portfolio = await teacher.PortfolioAsync(id);
        Assert.Empty(portfolio.Missing);
        Assert.True(portfolio.Complete);
        Assert.All(
            portfolio.Blocks.Where(block => needed.Contains(block.Key)),
            block => Assert.Equal("filled", block.Status)
        );

        // The statement is rendered once; it is signed as it is, byte for byte.
        Assert.Equal("not-signed", await WhySubmittingFails(teacher, id));
        var statement = await teacher.MakeStatementAsync(id);
        Assert.Equal("statement", statement.Kind);
        var pdf = await teacher.ContentAsync(statement);
        Assert.Equal(
            statement.Sha256,
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(pdf)),
            ignoreCase: true
        );
        Assert.Equal(statement.Size, pdf.Length);
        (await teacher.PostAsync($"/api/documents/applications/{id}/statement")).Expect(200);
        statement = await teacher.SignAsync(statement);
        var signature = Assert.Single(statement.Signatures);
        Assert.Equal(("cms", "valid", teacher.Id), (signature.Method, signature.Verdict, signature.Signer.Id));

        application = await teacher.MoveAsync(id, "submit");
        Assert.Equal("under-review", application.Status);
        Assert.NotNull(application.SubmittedAt);
        Assert.Empty(application.AllowedActions);

        // From here on it is the secretary's; for the teacher everything is locked.
        portfolio = await teacher.PortfolioAsync(id);
        Assert.True(portfolio.Locked);
        (await teacher.TryAddEntryAsync(id, needed[0], Filler.Fields(town.Block(needed[0])), Files.Pdf())).Refused(
            409,
            "portfolio.locked"
        );
        Assert.Equal(["forward", "return"], (await town.Secretary.LookAsync(id)).AllowedActions.Order());

        // The secretary accepts every block and the ID card, but returns two blocks with comments.
        var (first, second) = (needed[0], needed[1]);
        (await town.Secretary.TryAsync(id, "return")).Refused(409, "nothing-returned");
        (await town.Secretary.TryAsync(id, "forward")).Refused(409, "blocks.not-reviewed");
        foreach (var block in needed.Skip(2).Append("identity-card"))
            portfolio = await town.Secretary.ReviewAsync(id, block, "accepted");
        await town.Secretary.ReviewAsync(id, first, "returned", "Диплом сканирован не полностью.");
        portfolio = await town.Secretary.ReviewAsync(id, second, "returned", "Нет печати.");
        Assert.Equal("returned", portfolio.Block(first).Status);
        Assert.Equal("accepted", portfolio.Block(needed[2]).Status);
        Assert.Equal(
            [first, second],
            (await town.Secretary.TryAsync(id, "forward")).Refused(409, "blocks.returned").List("blocks").Order(needed)
        );

        // What the teacher is about to read, before it is sent.
        var preview = (
            await town.Secretary.GetAsync(
                $"/api/notifications/preview?kind=application.returned-for-revision&applicationId={id}"
            )
        )
            .Expect(200)
            .Json;
        application = await town.Secretary.MoveAsync(id, "return");
        Assert.Equal("returned-for-revision", application.Status);
        Assert.Equal(2, application.ReturnedBlocks);

        // The teacher reads why, and mends those two and nothing else.
        portfolio = await teacher.PortfolioAsync(id);
        Assert.Equal("Нет печати.", portfolio.Block(second).Review!.Comment);
        (
            await teacher.TryAddEntryAsync(
                id,
                needed[2],
                Filler.Fields(town.Block(needed[2])),
                Filler.FilesFor(town.Block(needed[2]))
            )
        ).Refused(409, "block.not-returned");
        (await teacher.PutAsync($"/api/applications/{id}", application.ToForm(), application.Version)).Refused(
            409,
            "block.not-returned"
        );
        Assert.Equal(
            [first, second],
            (await teacher.TryAsync(id, "submit"))
                .Refused(409, "returned-blocks.unchanged")
                .List("blocks")
                .Order(needed)
        );

        var entry = portfolio.Block(first).Entries.Single();
        (
            await teacher.TryPutEntryAsync(
                id,
                first,
                entry,
                Filler.Fields(town.Block(first)),
                Files.Pdf("diploma-whole.pdf")
            )
        ).Expect(200);
        Assert.Equal(1, (await teacher.LookAsync(id)).ReturnedBlocks);
        Assert.Equal(
            [second],
            (await teacher.TryAsync(id, "submit")).Refused(409, "returned-blocks.unchanged").List("blocks")
        );
        entry = portfolio.Block(second).Entries.Single();
        (
            await teacher.TryPutEntryAsync(
                id,
                second,
                entry,
                Filler.Fields(town.Block(second)),
                Files.Jpeg("with-stamp.jpg")
            )
        ).Expect(200);
        portfolio = await teacher.PortfolioAsync(id);
        Assert.Equal("filled", portfolio.Block(first).Status);
        Assert.Equal("accepted", portfolio.Block(needed[2]).Status);

        // The statement signed before still counts: the application itself was not edited.
        application = await teacher.MoveAsync(id, "submit");
        Assert.Equal("under-review", application.Status);
        Assert.Equal(0, application.ReturnedBlocks);

        // Each submission is kept as it was.
        var before = (await teacher.PortfolioAsync(id, submission: 1)).Contents();
        var now = (await teacher.PortfolioAsync(id, submission: 2)).Contents();
        Assert.Equal((await teacher.PortfolioAsync(id)).Contents(), now);
        Assert.Equal(2, before.Except(now).Count());
        Assert.Equal(
            2,
            (await teacher.GetAsync($"/api/applications/{id}/submissions")).Expect(200).Json.Items().Count()
        );

        // The secretary accepts the two and forwards to the state service.
        (await town.Executor.GetAsync($"/api/applications/{id}")).Refused(404, "not-found");
        await town.Secretary.ReviewAsync(id, first, "accepted");
        await town.Secretary.ReviewAsync(id, second, "accepted");
        application = await town.Secretary.MoveAsync(id, "forward");
        Assert.Equal("under-state-service-review", application.Status);

        // The executor signs a receipt and accepts.
        (await town.Executor.TryAsync(id, "accept")).Refused(409, "receipt.not-signed");
        var receipt = await town.Executor.MakeReceiptAsync(id, "acceptance");
        Assert.Equal("acceptance-receipt", receipt.Kind);
        receipt = await town.Executor.SignAsync(receipt);
        Assert.Equal("valid", Assert.Single(receipt.Signatures).Verdict);
        application = await town.Executor.MoveAsync(id, "accept");
        Assert.Equal("accepted-by-state-service", application.Status);

        (await town.Chair.GetAsync($"/api/applications/{id}")).Refused(404, "not-found");
        application = await town.Executor.MoveAsync(id, "send-to-commission");
        Assert.Equal("sent-to-commission", application.Status);

        // The commission decides.
        var decided = Town.Today();
        application = await town.Chair.MoveAsync(
            id,
            "decide",
            new
            {
                outcome = "meets",
                protocolNumber = "12",
                protocolDate = decided,
            }
        );
        Assert.Equal("meets", application.Status);
        Assert.Equal(
            new Decision("meets", "teacher-expert", false, "12", decided, decided.AddYears(5), null),
            application.Decision
        );
        Assert.Empty(application.AllowedActions);

        // Everything that happened stands in the history, with who did it in which role.
        application = await teacher.LookAsync(id);
        Assert.Equal(
            [
                ("submit", "new", "under-review", teacher.Id, "teacher"),
                ("return", "under-review", "returned-for-revision", town.Secretary.Id, "secretary"),
                ("submit", "returned-for-revision", "under-review", teacher.Id, "teacher"),
                ("forward", "under-review", "under-state-service-review", town.Secretary.Id, "secretary"),
                ("accept", "under-state-service-review", "accepted-by-state-service", town.Executor.Id, "executor"),
                ("send-to-commission", "accepted-by-state-service", "sent-to-commission", town.Executor.Id, "executor"),
                ("decide", "sent-to-commission", "meets", town.Chair.Id, "commission-chair"),
            ],
            application.History.Select(line => (line.Action, line.From, line.To, line.By.Id, line.By.Role))
        );
        Assert.Equal(application.History.Select(line => line.At).Order(), application.History.Select(line => line.At));

        // Anybody may check the statement by its code, and learns initials at most.
        var check = await new PedAttClient(system.Gateway).GetAsync<Verification>(
            $"/api/documents/verify/{statement.VerifyUrl.Split('/')[^1]}"
        );
        Assert.Equal(("statement", statement.Number, "current"), (check.Kind, check.Number, check.State));
        Assert.Equal(statement.Sha256, check.Sha256);
        Assert.DoesNotContain(teacher.FamilyName, Assert.Single(check.Signers).Initials);

        // The teacher was told of every step, the others of the work that came to them; each in the system and by
        // e-mail.
        await Told(
            teacher,
            id,
            "returned-for-revision",
            "under-state-service-review",
            "accepted-by-state-service",
            "sent-to-commission",
            "meets"
        );
        var returned = (await teacher.NotificationsAsync(id)).Single(one =>
            one.Kind == "application.returned-for-revision"
        );
        var previewed = preview.GetProperty(preview.GetProperty("language").GetString()!);
        Assert.Equal(
            (previewed.GetProperty("title").GetString(), previewed.GetProperty("text").GetString()),
            (returned.Title, returned.Text)
        );
        await Told(town.Secretary, id, "under-review", "under-review");
        await Told(town.Executor, id, "under-state-service-review");
        await Told(town.Chair, id, "sent-to-commission");
    }

    [Fact]
    public async Task A_statement_may_be_signed_by_hand_and_scanned()
    {
        var town = await Town.FoundAsync(system);
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var id = application.Id;
        await Filler.FillAsync(teacher, application, town.Catalogue);

        var statement = await teacher.MakeStatementAsync(id);
        var scan = Files.Pdf("statement-signed.pdf");
        statement = await teacher.PutScanAsync(statement, scan);
        Assert.Equal(
            ("scan", "pending"),
            (Assert.Single(statement.Signatures).Method, statement.Signatures[0].Verdict)
        );

        await teacher.MoveAsync(id, "submit");
        Assert.Equal(
            scan.Content,
            (await town.Secretary.GetAsync($"/api/documents/{statement.Id}/scan")).Expect(200).Bytes
        );
        (await town.Secretary.GetAsync($"/api/documents/{statement.Id}/signature")).Refused(404, "not-found");

        // The secretary who forwards it has seen it: that makes it valid.
        await town.AcceptEverythingAsync(id);
        await town.Secretary.MoveAsync(id, "forward");
        statement = (await teacher.DocumentsAsync(id)).Single(document => document.Id == statement.Id);
        Assert.Equal("valid", Assert.Single(statement.Signatures).Verdict);
    }

    [Fact]
    public async Task A_refused_application_is_edited_and_sent_again_and_ends_one_level_lower()
    {
        var town = await Town.FoundAsync(system);
        var (teacher, application) = await town.ForwardedAsync();
        var id = application.Id;

        var refusal = await town.Executor.MakeReceiptAsync(
            id,
            "refusal",
            new Reason("unreliable-data", "Стаж указан с ошибкой.")
        );
        await town.Executor.SignAsync(refusal);
        application = await town.Executor.MoveAsync(id, "refuse");
        Assert.Equal("refused-by-state-service", application.Status);
        Assert.Equal([new Reason("unreliable-data", "Стаж указан с ошибкой.")], application.Refusal!.Reasons);
        Assert.Contains("Стаж указан с ошибкой.", application.History[^1].Comment);

        // Everything is open again. The edit makes the old statement superseded, and the signature with it.
        application = await teacher.LookAsync(id);
        Assert.Equal(["delete", "edit", "submit"], application.AllowedActions.Order());
        application = await teacher.SaveAsync(application, application.ToForm() with { About = "Девять лет." });
        var old = Assert.Single(await teacher.DocumentsAsync(id), document => document.Kind == "statement");
        Assert.Equal("superseded", old.State);
        (await teacher.TryAsync(id, "submit")).Refused(409, "statement.not-signed");
        (await teacher.TrySignAsync(old, teacher.Key.Sign(await teacher.ContentAsync(old)))).Refused(
            409,
            "document.superseded"
        );

        await teacher.SignAsync(await teacher.MakeStatementAsync(id));
        application = await teacher.MoveAsync(id, "submit");
        Assert.Equal("under-review", application.Status);

        // Blocks that did not change keep their review: the secretary need not look twice.
        Assert.All(
            (await town.Secretary.PortfolioAsync(id)).Blocks.Where(block => block.Entries.Count > 0),
            block => Assert.Equal("accepted", block.Status)
        );
        await town.Secretary.MoveAsync(id, "forward");

        // The receipt of the first round says nothing about this one.
        (await town.Executor.TryAsync(id, "refuse")).Refused(409, "receipt.not-signed");
        (await town.Executor.TryAsync(id, "accept")).Refused(409, "receipt.not-signed");
        await town.Executor.SignAsync(await town.Executor.MakeReceiptAsync(id, "acceptance"));
        await town.Executor.MoveAsync(id, "accept");
        await town.Executor.MoveAsync(id, "send-to-commission");
        application = await town.Chair.MoveAsync(
            id,
            "decide",
            new
            {
                outcome = "one-level-lower",
                protocolNumber = "13-б",
                protocolDate = Town.Today(),
                reason = "Баллы ниже порога.",
            }
        );
        Assert.Equal(
            ("one-level-lower", "teacher-moderator"),
            (application.Status, application.Decision!.AwardedCategory)
        );
        Assert.Equal("Баллы ниже порога.", application.History[^1].Comment);

        await Told(
            teacher,
            id,
            "under-state-service-review",
            "refused-by-state-service",
            "under-state-service-review",
            "accepted-by-state-service",
            "sent-to-commission",
            "one-level-lower"
        );
    }

    [Fact]
    public async Task What_the_school_itself_decides_goes_through_the_district_to_the_schools_chair()
    {
        var town = await Town.FoundAsync(system);
        var schoolChair = await town.AppointAsync("commission-chair", town.School, language: "kk");
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher, claimed: "teacher-moderator", current: null));
        var id = application.Id;
        Assert.Equal("organisation", application.DecidingLevel);
        Assert.Equal("not-applicable", (await teacher.PortfolioAsync(id)).Block("current-category").Status);

        await Filler.FillAsync(teacher, application, town.Catalogue);
        await teacher.SignAsync(await teacher.MakeStatementAsync(id));
        await teacher.MoveAsync(id, "submit");
        await town.AcceptEverythingAsync(id);
        await town.Secretary.MoveAsync(id, "forward");
        await town.Executor.SignAsync(await town.Executor.MakeReceiptAsync(id, "acceptance"));
        await town.Executor.MoveAsync(id, "accept");
        await town.Executor.MoveAsync(id, "send-to-commission");

        // The district's chair never sees what the school decides.
        (await town.Chair.GetAsync($"/api/applications/{id}")).Refused(404, "not-found");
        application = await schoolChair.MoveAsync(
            id,
            "decide",
            new
            {
                outcome = "does-not-meet",
                protocolNumber = "1",
                protocolDate = Town.Today(),
                reason = "Нет наблюдений уроков.",
            }
        );
        Assert.Equal("does-not-meet", application.Status);
        await Told(schoolChair, id, "sent-to-commission");
        Assert.Contains(
            (await schoolChair.NotificationsAsync(id)).Single().Text
                + (await schoolChair.NotificationsAsync(id)).Single().Title,
            letter => "әғқңөұүһі".Contains(char.ToLowerInvariant(letter))
        );
    }

    [Fact]
    public async Task A_draft_can_be_deleted_and_what_was_sent_can_be_withdrawn()
    {
        var town = await Town.FoundAsync(system);
        var teacher = await town.NewTeacherAsync();
        var draft = await teacher.CreateAsync(town.FormOf(teacher));
        (await teacher.DeleteAsync($"/api/applications/{draft.Id}")).Expect(204);
        (await teacher.GetAsync($"/api/applications/{draft.Id}")).Refused(404, "not-found");

        var application = await teacher.CreateAsync(town.FormOf(teacher));
        await Filler.FillAsync(teacher, application, town.Catalogue);
        await teacher.SignAsync(await teacher.MakeStatementAsync(application.Id));
        await teacher.MoveAsync(application.Id, "submit");
        (await teacher.DeleteAsync($"/api/applications/{application.Id}")).Refused(409, "transition.not-allowed");
        await town.Secretary.ReviewAsync(application.Id, "identity-card", "returned", "Не видно номера.");
        await town.Secretary.MoveAsync(application.Id, "return");

        (await teacher.DeleteAsync($"/api/applications/{application.Id}")).Expect(204);
        var withdrawn = await teacher.LookAsync(application.Id);
        Assert.Equal("withdrawn", withdrawn.Status);
        // The state service has not answered it: its year is free, once.
        (await teacher.PostAsync("/api/applications", town.FormOf(teacher))).Expect(201);
        (await teacher.PostAsync("/api/applications", town.FormOf(teacher))).Refused(409, "application.already-exists");
        await Told(town.Secretary, application.Id, "under-review", "withdrawn");
    }

    private static async Task<string> WhySubmittingFails(Person teacher, Guid id)
    {
        var answer = await teacher.TryAsync(id, "submit");
        return answer.Code switch
        {
            "portfolio.incomplete" => answer.Refused(409, "portfolio.incomplete").List("missing").Count > 0
                ? "incomplete"
                : "",
            "statement.not-signed" => answer.Refused(409, "statement.not-signed").Status == 409 ? "not-signed" : "",
            _ => answer.Text,
        };
    }

    /// <summary>One notification for each, never two, and a letter for each.</summary>
    private async Task Told(Person person, Guid application, params string[] statuses)
    {
        var expected = statuses.Select(status => $"application.{status}");
        await Eventually.Async(async () =>
            Assert.Equal(
                expected.Order(),
                (await person.NotificationsAsync(application)).Select(one => one.Kind).Order()
            )
        );
        Assert.All(
            await person.NotificationsAsync(application),
            one =>
            {
                Assert.False(string.IsNullOrWhiteSpace(one.Title));
                Assert.False(string.IsNullOrWhiteSpace(one.Text));
            }
        );
        Assert.Equal(statuses.Length, (await system.Mail.ForAsync(person.Email, statuses.Length)).Count);
    }
}
