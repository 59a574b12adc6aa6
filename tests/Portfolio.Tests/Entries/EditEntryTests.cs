using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Portfolio.Tests.Entries;

public sealed class EditEntryTests(PortfolioService service)
{
    [Fact]
    public async Task Fields_and_files_change_together_and_what_is_not_named_is_let_go()
    {
        var (id, client, entry) = await AddedAsync(files: 2);
        using var _ = client;
        var (kept, dropped) = (entry.GetProperty("files")[0].Id(), entry.GetProperty("files")[1].Id());
        using var answer = await PutAsync(client, id, entry, new { title = "Басқа", keepFiles = new[] { kept } });
        var changed = await answer.ReadAsync(200);
        Assert.Equal(
            ("Басқа", 2),
            (changed.GetProperty("fields").GetProperty("title").GetString(), changed.GetProperty("version").GetInt32())
        );
        Assert.Equal(kept, changed.GetProperty("files")[0].Id());
        Assert.Equal(2, changed.GetProperty("files").GetArrayLength());
        await using var db = service.Open();
        Assert.NotNull((await db.Files.SingleAsync(file => file.Id == dropped)).UnreferencedSince);
        Assert.Null((await db.Files.SingleAsync(file => file.Id == kept)).UnreferencedSince);
    }

    [Fact]
    public async Task Who_was_slower_is_told_and_who_names_another_entrys_file_too()
    {
        var (id, client, entry) = await AddedAsync();
        using var _ = client;
        using (var first = await PutAsync(client, id, entry, new { title = "Бірінші" }))
            await first.ReadAsync(200);
        using (var second = await PutAsync(client, id, entry, new { title = "Екінші" }))
            await second.RefusedAsync(409, "stale");
        using var astray = await PutAsync(
            client,
            id,
            entry,
            new { title = "Үшінші", keepFiles = new[] { Guid.CreateVersion7() } },
            version: 2
        );
        var errors = (await astray.RefusedAsync(400, "validation")).GetProperty("errors");
        Assert.Equal(["unknown-key"], errors.GetProperty("keepFiles").Strings());
    }

    [Fact]
    public async Task Locked_it_stays_and_an_entry_that_there_is_not_is_not_found()
    {
        var (id, client, entry) = await AddedAsync();
        using var _ = client;
        using (
            var unknown = await client.PutAsync(
                $"/api/portfolios/{id}/blocks/awards/entries/{Guid.CreateVersion7()}",
                Forms.Of(new { title = "x" })
            )
        )
            await unknown.RefusedAsync(404, "not-found");
        service.Filings.Lock(id);
        using var locked = await PutAsync(client, id, entry, new { title = "Кеш" });
        await locked.RefusedAsync(409, "portfolio.locked");
    }

    private static Task<HttpResponseMessage> PutAsync(
        HttpClient client,
        Guid application,
        JsonElement entry,
        object fields,
        int version = 1
    )
    {
        var request = new HttpRequestMessage(
            HttpMethod.Put,
            $"/api/portfolios/{application}/blocks/awards/entries/{entry.Id()}"
        )
        {
            Content = Forms.Of(fields),
        };
        request.Headers.IfMatch.Add(new($"\"{version}\""));
        return client.SendAsync(request);
    }

    private async Task<(Guid Application, HttpClient Client, JsonElement Entry)> AddedAsync(int files = 1)
    {
        var teacher = Guid.CreateVersion7();
        var id = service.Filings.File(teacher).Id;
        var client = service.As(teacher);
        using var answer = await client.PostAsync(
            $"/api/portfolios/{id}/blocks/awards/entries",
            Forms.Of(new { title = "Алғыс хат" }, files)
        );
        return (id, client, await answer.ReadAsync(201));
    }
}
