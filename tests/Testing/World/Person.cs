using System.Text.Json;

namespace PedAtt.Testing.World;

/// <summary>Somebody with an account, and everything that the contract lets them do. A call that the contract lets
/// succeed must.</summary>
public sealed class Person(Uri gateway, bool patient = false) : PedAttClient(gateway, patient)
{
    public const string Password = "Ашық аспан 2026 жыл";

    public required string Iin { get; init; }

    public required string Email { get; init; }

    public required string Phone { get; init; }

    public required string FamilyName { get; init; }

    public required string GivenName { get; init; }

    public required Organisation Organisation { get; init; }

    public required Signer Key { get; init; }

    public Guid Id { get; set; }

    /// <summary>Signs in for the first time.</summary>
    public async Task ComeInAsync(string login)
    {
        await SignInAsync(login, Password);
        Id = (await GetAsync<Myself>("/api/identity/me")).Id;
    }

    // The application

    public async Task<Application> CreateAsync(Form form) =>
        (await PostAsync("/api/applications", form)).Expect(201).As<Application>();

    public Task<Application> LookAsync(Guid id) => GetAsync<Application>($"/api/applications/{id}");

    /// <summary>Saves the form over the application as last seen.</summary>
    public async Task<Application> SaveAsync(Application seen, Form form) =>
        (await PutAsync($"/api/applications/{seen.Id}", form, seen.Version)).Expect(200).As<Application>();

    public async Task<Application> MoveAsync(Guid id, string move, object? body = null) =>
        (await PostAsync($"/api/applications/{id}/{move}", body)).Expect(200).As<Application>();

    public Task<Answer> TryAsync(Guid id, string move, object? body = null) =>
        PostAsync($"/api/applications/{id}/{move}", body);

    // The portfolio

    public Task<Portfolio> PortfolioAsync(Guid id, int? submission = null) =>
        GetAsync<Portfolio>($"/api/portfolios/{id}" + (submission is null ? "" : $"?submission={submission}"));

    public async Task<StoredFile> PutIdentityCardAsync(Guid id, Upload? file = null) =>
        (
            await UploadAsync(
                HttpMethod.Put,
                $"/api/portfolios/{id}/identity-card",
                null,
                [file ?? Files.Jpeg("id-card.jpg")]
            )
        )
            .Expect(200)
            .As<StoredFile>();

    public Task<Answer> TryAddEntryAsync(Guid id, string block, object fields, params IReadOnlyList<Upload> files) =>
        UploadAsync(HttpMethod.Post, $"/api/portfolios/{id}/blocks/{block}/entries", fields, files);

    public async Task<Entry> AddEntryAsync(Guid id, string block, object fields, params IReadOnlyList<Upload> files) =>
        (await TryAddEntryAsync(id, block, fields, files)).Expect(201).As<Entry>();

    public Task<Answer> TryPutEntryAsync(
        Guid id,
        string block,
        Entry entry,
        object fields,
        params IReadOnlyList<Upload> files
    ) =>
        UploadAsync(
            HttpMethod.Put,
            $"/api/portfolios/{id}/blocks/{block}/entries/{entry.Id}",
            fields,
            files,
            entry.Version
        );

    public Task<Answer> TryReviewAsync(Guid id, string block, string verdict, string? comment = null) =>
        PutAsync($"/api/portfolios/{id}/blocks/{block}/review", new { verdict, comment });

    public async Task<Portfolio> ReviewAsync(Guid id, string block, string verdict, string? comment = null) =>
        (await TryReviewAsync(id, block, verdict, comment)).Expect(200).As<Portfolio>();

    // The documents

    public async Task<Document> MakeStatementAsync(Guid id)
    {
        var answer = await PostAsync($"/api/documents/applications/{id}/statement");
        if (!answer.IsSuccess)
            answer.Expect(201);
        return answer.As<Document>();
    }

    public async Task<Document> MakeReceiptAsync(Guid id, string kind, params Reason[] reasons) =>
        (await PostAsync($"/api/documents/applications/{id}/receipts", new { kind, reasons }))
            .Expect(201)
            .As<Document>();

    public async Task<List<Document>> DocumentsAsync(Guid id)
    {
        var answer = (await GetAsync($"/api/documents/applications/{id}")).Expect(200);
        return answer.Json.ValueKind == JsonValueKind.Array
            ? answer.As<List<Document>>()
            : answer.As<Page<Document>>().Items;
    }

    public async Task<byte[]> ContentAsync(Document document) =>
        (await GetAsync($"/api/documents/{document.Id}/content")).Expect(200).Bytes;

    public Task<Answer> TrySignAsync(Document document, byte[] cms) =>
        PostAsync($"/api/documents/{document.Id}/signature", new { cms = Convert.ToBase64String(cms) });

    /// <summary>Fetches the document, signs exactly those bytes and hands the signature in.</summary>
    public async Task<Document> SignAsync(Document document) =>
        (await TrySignAsync(document, Key.Sign(await ContentAsync(document)))).Expect(200).As<Document>();

    public async Task<Document> PutScanAsync(Document document, Upload scan) =>
        (await UploadAsync(HttpMethod.Put, $"/api/documents/{document.Id}/scan", null, [scan]))
            .Expect(200)
            .As<Document>();

    // What the person is told

    public async Task<List<Notification>> NotificationsAsync(Guid applicationId)
    {
        var all = new List<Notification>();
        for (string? after = null; ; )
        {
            var page = await GetAsync<Page<Notification>>(
                "/api/notifications?limit=200" + (after is null ? "" : $"&after={after}")
            );
            all.AddRange(page.Items);
            if ((after = page.Next) is null)
                return [.. all.Where(one => one.ApplicationId == applicationId).OrderBy(one => one.CreatedAt)];
        }
    }
}
