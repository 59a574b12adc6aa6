using System.Text.Json;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Entries;
using PedAtt.Portfolio.Files;
using PedAtt.Portfolio.Reviews;

namespace PedAtt.Portfolio.Tests;

/// <summary>A portfolio in the state that a test wants, by the rules alone.</summary>
public sealed class Given(string claimed = "teacher-expert", string? current = null)
{
    public static readonly Catalogue Catalogue = Catalogue.Load();

    public static readonly DateOnly Day = new(2026, 11, 22);

    private readonly Guid application = Guid.CreateVersion7();
    private readonly List<Entry> entries = [];
    private readonly Dictionary<Guid, PortfolioFile> files = [];
    private readonly Dictionary<string, BlockChange> changes = [];
    private readonly List<Review> reviews = [];
    private int version;

    public int EditVersion { get; set; } = 1;

    public PortfolioState State =>
        new(Catalogue.For(Day, claimed, current, EditVersion), version, entries, files, [.. changes.Values], reviews);

    /// <summary>Everything that must be there, with a clean file each.</summary>
    public Given Complete()
    {
        foreach (var block in State.Missing)
            Fill(block);
        return this;
    }

    public Given Fill(string block, ScanState scan = ScanState.Clean)
    {
        var file = new PortfolioFile
        {
            Id = Guid.CreateVersion7(),
            ApplicationId = application,
            Name = "a.pdf",
            ContentType = "application/pdf",
            Size = 1,
            Sha256 = "",
            Scan = scan,
        };
        files[file.Id] = file;
        entries.Add(
            new Entry
            {
                ApplicationId = application,
                Block = block,
                Fields = new Dictionary<string, JsonElement>(),
                FileIds = [file.Id],
            }
        );
        return Changed(block);
    }

    public Given Empty(string block)
    {
        entries.RemoveAll(entry => entry.Block == block);
        return Changed(block);
    }

    public Given Changed(string block)
    {
        changes[block] = new BlockChange
        {
            ApplicationId = application,
            Block = block,
            Version = ++version,
        };
        return this;
    }

    public Given Found(string block, ScanState scan)
    {
        foreach (var id in entries.Where(entry => entry.Block == block).SelectMany(entry => entry.FileIds))
            files[id].Scan = scan;
        return this;
    }

    public Given Review(Verdict verdict, params string[] blocks)
    {
        foreach (var block in blocks)
            reviews.Add(
                new Review
                {
                    ApplicationId = application,
                    Block = block,
                    Submission = 1,
                    Verdict = verdict,
                    At = DateTimeOffset.UnixEpoch,
                    ById = Guid.Empty,
                    Version = ++version,
                    EditVersion = EditVersion,
                }
            );
        return this;
    }

    public string[] Filled => [.. entries.Select(entry => entry.Block).Distinct()];
}
