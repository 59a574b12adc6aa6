using System.Globalization;

namespace PedAtt.SystemTests;

/// <summary>Files stream: nothing holds a whole one in memory. What others do meanwhile would be measured
/// too.</summary>
[Collection(Alone.Name)]
[KillsParts]
public class UploadMemoryTests(SharedSystem system)
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task An_upload_of_20_MB_grows_no_process_by_more_than_32_MB()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var id = application.Id;
        // The first uploads load code and open connections, which is no growth of theirs.
        for (var i = 0; i < 3; i++)
            await teacher.PutIdentityCardAsync(id, Files.Pdf(size: Megabyte));

        var file = Files.Pdf("twenty.pdf", size: 20 * Megabyte);
        Assert.InRange(file.Content.Length, (20 * Megabyte) - 1024, 20 * Megabyte);
        await Task.Delay(1000);
        // The scanner maps the file that it is given, whole: that is its way, and the file's pages are not ours.
        var processes = system.Processes().Where(process => process.Name != "clamd").ToList();
        Assert.NotEmpty(processes);
        var before = processes.ToDictionary(process => process.Id, process => Private(process.Id));
        var peak = new Dictionary<int, long>(before);

        using var done = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                foreach (var process in processes)
                    peak[process.Id] = Math.Max(peak[process.Id], Private(process.Id));
                await Task.Delay(10);
            }
        });
        var stored = await teacher.PutIdentityCardAsync(id, file);
        Assert.Equal(file.Content.Length, stored.Size);
        var back = (await teacher.GetAsync($"/api/portfolios/{id}/files/{stored.Id}")).Expect(200);
        Assert.Equal(file.Content.Length, back.Bytes.Length);
        await Task.Delay(500);
        await done.CancelAsync();
        await watching;

        var grown = processes
            .Where(process => peak[process.Id] - before[process.Id] > 32 * Megabyte)
            .Select(process => $"{process.Name}: {before[process.Id] / Megabyte} → {peak[process.Id] / Megabyte} MB")
            .ToList();
        Assert.True(grown.Count == 0, string.Join("\n", grown));
    }

    /// <summary>Memory of its own: what it shares with others, such as a server's buffer pool, is not its
    /// growth.</summary>
    private static long Private(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/smaps_rollup")
                .Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
                .Sum(line =>
                    long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                    * 1024
                );
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
