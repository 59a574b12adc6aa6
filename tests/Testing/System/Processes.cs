using System.Diagnostics;

namespace PedAtt.Testing;

/// <summary>Processes of this machine with all that they have started.</summary>
internal static class Processes
{
    public static bool IsAlive(int process) => Stats().Any(one => one.Id == process);

    public static List<int> Tree(int root)
    {
        var all = Stats().ToList();
        List<int> tree = [.. all.Where(one => one.Id == root).Select(one => one.Id)];
        for (var i = 0; i < tree.Count; i++)
            tree.AddRange(all.Where(one => one.Parent == tree[i]).Select(one => one.Id));
        return tree;
    }

    /// <summary>kill -9 of a whole tree; nothing of it is there any more when this returns.</summary>
    public static async Task KillAsync(int root)
    {
        // Who is stopped starts nobody: so the tree is whole when it has not grown any more.
        List<int> tree = [];
        for (var now = Tree(root); now.Except(tree).Any(); now = Tree(root))
        {
            tree = [.. tree.Union(now)];
            await SignalAsync("STOP", tree);
        }
        await SignalAsync("KILL", tree);
        while (Stats().Any(one => tree.Contains(one.Id)))
            await Task.Delay(20);
    }

    public static async Task SignalAsync(string signal, params IEnumerable<int> processes)
    {
        // One that has ended in between is no fault.
        using var kill = Process.Start(
            new ProcessStartInfo("kill", [$"-{signal}", "--", .. processes.Select(id => $"{id}")])
            {
                RedirectStandardError = true,
            }
        )!;
        await kill.WaitForExitAsync();
    }

    /// <summary>Memory in bytes, what is shared counted once (PSS).</summary>
    public static long Memory(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/smaps_rollup")
                .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
                .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static IEnumerable<(int Id, int Parent)> Stats()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id))
                continue;
            string[] fields;
            try
            {
                fields = File.ReadAllText($"{folder}/stat").Split(") ")[^1].Split(' ');
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue;
            }
            if (fields[0] is not ("Z" or "X"))
                yield return (id, int.Parse(fields[1]));
        }
    }
}
