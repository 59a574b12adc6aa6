using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Journeys;

/// <summary>Whoever has many applications to work through: the verdict in sight, one after the other, many at
/// once.</summary>
public class DeskTests(Site site)
{
    [Fact]
    public async Task The_verdict_is_always_in_sight_and_the_next_application_follows()
    {
        var town = await Town.FoundAsync(site);
        var (teacher, first) = await town.UnderReviewAsync();
        var (_, second) = await town.UnderReviewAsync();
        var blocks = (await town.Secretary.PortfolioAsync(first.Id))
            .Blocks.Where(block => block.Status == "filled")
            .Select(block => block.Key)
            .ToList();
        await using var visitor = await site.VisitAsync(town.Secretary);
        await visitor.Page.SetViewportSizeAsync(1366, 768);
        await visitor.OpenAsync($"/review/{first.Id}?block={blocks[0]}");
        foreach (var down in new[] { 0, 300, 100_000 })
        {
            await visitor.Page.EvaluateAsync("down => scrollTo(0, down)", down);
            await Expect(visitor.Button("review.accept")).ToBeInViewportAsync(new() { Ratio = 1 });
            await Expect(visitor.Button("review.return")).ToBeInViewportAsync(new() { Ratio = 1 });
        }

        foreach (var block in blocks.Skip(2).Append("identity-card"))
            await town.Secretary.ReviewAsync(first.Id, block, "accepted");
        foreach (var block in blocks.Take(2))
            await town.Secretary.ReviewAsync(first.Id, block, "returned", "Мөр жоқ.");
        await visitor.OpenAsync($"/review/{first.Id}/return");
        await visitor.Button("review.send-back").ClickAsync();
        await visitor.IsAtAsync($"/review/{second.Id}");
        await visitor.SeesAsync(visitor.Words["moved.return", first.Number]);

        // Only what was changed is told as mended; the rest was accepted and stays so.
        foreach (var key in blocks.Take(2))
        {
            var block = town.Block(key);
            var entry = (await teacher.PortfolioAsync(first.Id)).Block(key).Entries[0];
            (await teacher.TryPutEntryAsync(first.Id, key, entry, Filler.Fields(block), Filler.FilesFor(block))).Expect(
                200
            );
        }
        await teacher.MoveAsync(first.Id, "submit");
        await visitor.OpenAsync($"/review/{first.Id}?block={blocks[0]}");
        var list = visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = visitor.Words["reading.blocks"] });
        var mended = list.Locator($"h3:has-text('{visitor.Words["reading.blocks.mended"]}') + ul > li");
        await Expect(mended).ToHaveCountAsync(2);
        await visitor.OpenAsync("/review");
        await Expect(visitor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = first.Number }))
            .ToContainTextAsync(visitor.Words["queue.again"]);
    }

    [Fact]
    public async Task An_executor_prepares_answers_and_sends_what_is_ticked()
    {
        var town = await Town.FoundAsync(site);
        var (_, one) = await town.ForwardedAsync();
        var (_, two) = await town.ForwardedAsync();
        var (_, other) = await town.ForwardedAsync();
        await using var visitor = await site.VisitAsync(town.Executor, "kk");
        await visitor.OpenAsync("/service/sign");
        Task TickAsync(Application application) =>
            visitor
                .Page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new($"^{application.Number},") })
                .CheckAsync();

        await visitor.Button("service.many.prepare").ClickAsync();
        await Expect(visitor.Errors).ToContainTextAsync(visitor.Words["error.application.required"]);
        await TickAsync(one);
        await TickAsync(two);
        await visitor.Button("service.many.prepare").ClickAsync();
        await visitor.SeesAsync(visitor.Words["service.many.done.prepare", 2]);
        foreach (var application in new[] { one, two })
            await town.Executor.SignAsync(
                Assert.Single(
                    await town.Executor.DocumentsAsync(application.Id),
                    document => document.Kind == "acceptance-receipt"
                )
            );

        await visitor.OpenAsync("/service/sign");
        await visitor.Button("service.many.answer").ClickAsync();
        await visitor.SeesAsync(visitor.Words["service.many.done.answer", 2]);
        await visitor.Button("service.many.send").ClickAsync();
        await visitor.SeesAsync(visitor.Words["service.many.done.send", 2]);
        await visitor.SeesNothingRawAsync();
        Assert.Equal(
            ["sent-to-commission", "sent-to-commission", "under-state-service-review"],
            await Task.WhenAll(
                new[] { one, two, other }.Select(async application =>
                    (await town.Executor.LookAsync(application.Id)).Status
                )
            )
        );
    }

    /// <summary>What the viewer cannot show it says, with the way to the file.</summary>
    [Fact]
    public async Task A_file_that_cannot_be_shown_is_offered_and_a_tall_page_is_drawn()
    {
        var town = await Town.FoundAsync(site);
        var (_, application) = await town.UnderReviewAsync();
        var block = (await town.Secretary.PortfolioAsync(application.Id))
            .Blocks.First(one => one.Status == "filled" && one.Entries.Any(entry => entry.Files.Count > 0))
            .Key;
        await using var visitor = await site.VisitAsync(town.Secretary);
        byte[] shown = [];
        await visitor.Page.RouteAsync(
            new Regex("/api/portfolios/[^/]+/files/"),
            route =>
                route.FulfillAsync(
                    new()
                    {
                        ContentType = shown.Length > 0 && shown[0] == '%' ? "application/pdf" : "image/png",
                        BodyBytes = shown,
                    }
                )
        );
        var viewer = visitor.Page.Locator(".app-viewer").First;

        shown = [0x89, 0x50, 0x4e, 0x47, 1, 2, 3];
        await visitor.OpenAsync($"/review/{application.Id}?block={block}");
        await Expect(viewer).ToContainTextAsync(visitor.Words["reading.viewer.failed"]);
        await Expect(
                viewer
                    .Locator(".app-viewer__pages")
                    .GetByRole(AriaRole.Link, new() { Name = visitor.Words["reading.viewer.download"] })
            )
            .ToBeVisibleAsync();

        shown = Encoding.Latin1.GetBytes(Pdf("/MediaBox [0 0 200 14000]", ""));
        await visitor.OpenAsync($"/review/{application.Id}?block={block}");
        var canvas = viewer.Locator("canvas");
        await Expect(canvas).ToHaveAttributeAsync("role", "img");
        Assert.InRange(await canvas.EvaluateAsync<int>("canvas => canvas.height"), 1000, 8192);

        shown = Encoding.Latin1.GetBytes(
            Pdf(
                "/MediaBox [0 0 200 200]",
                "/AcroForm << /Fields [] /XFA [(template) 5 0 R (datasets) 5 0 R] >> /NeedsRendering true"
            )
        );
        await visitor.OpenAsync($"/review/{application.Id}?block={block}");
        await Expect(viewer).ToContainTextAsync(visitor.Words["reading.viewer.form"]);
    }

    private static string Pdf(string page, string catalogue)
    {
        string[] objects =
        [
            $"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            $"<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R >>",
            "<< /Length 15 >>\nstream\n0 0 90 90 re f  \nendstream",
            "<< /Length 12 >>\nstream\n<template/>  \nendstream",
        ];
        var pdf = new StringBuilder("%PDF-1.7\n");
        var offsets = objects
            .Select(
                (text, index) =>
                {
                    var at = pdf.Length;
                    pdf.Append($"{index + 1} 0 obj\n{text}\nendobj\n");
                    return at;
                }
            )
            .ToList();
        var table = pdf.Length;
        pdf.Append($"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        offsets.ForEach(at => pdf.Append($"{at:0000000000} 00000 n \n"));
        return pdf.Append($"trailer << /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n")
            .ToString();
    }
}
