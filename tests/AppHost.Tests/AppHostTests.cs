using System.Diagnostics;
using PedAtt.Testing;

namespace PedAtt.AppHost.Tests;

public class AppHostTests
{
    [Fact]
    public async Task Nothing_is_left_behind_when_the_AppHost_is_killed_and_the_next_start_finds_the_data()
    {
        var data = PedAttSystem.NewDataFolder();
        try
        {
            await using (var first = await PedAttSystem.StartAsync(data: data))
            {
                await first.KillAppHostAsync();
                Assert.True(
                    await Eventually(() => ProcessesWith(data).Count == 0),
                    string.Join('\n', ProcessesWith(data))
                );
            }
            var secrets = await File.ReadAllTextAsync(Path.Combine(data, "secrets.json"));

            await using (var second = await PedAttSystem.StartAsync(data: data))
                await second.HealthyAsync();
            Assert.Equal(secrets, await File.ReadAllTextAsync(Path.Combine(data, "secrets.json")));
            Assert.True(await Eventually(() => ProcessesWith(data).Count == 0), string.Join('\n', ProcessesWith(data)));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task A_killed_server_comes_back_with_its_data()
    {
        await using var system = await PedAttSystem.StartAsync();
        string[] servers = ["postgres", "rabbitmq", "object-storage"];
        foreach (var server in servers)
        {
            var killed = await system.KillAsync(server);
            Assert.Empty(system.ProcessesOf(server));
            await killed.RestartAsync();
        }
        await system.HealthyAsync();
        await (await system.KillAsync("identity")).RestartAsync();
        await system.HealthyAsync();
        Assert.All(servers, server => Assert.NotEmpty(system.ProcessesOf(server)));
    }

    [Fact]
    public async Task A_temporary_run_takes_its_data_away()
    {
        string data;
        await using (var system = await PedAttSystem.StartAsync())
            data = system.Data;
        Assert.True(await Eventually(() => !Directory.Exists(data)), data);
    }

    private static async Task<bool> Eventually(Func<bool> holds)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(100))
            if (holds())
                return true;
        return false;
    }

    // Whatever works on this data has its folder in its environment or its command.
    private static List<string> ProcessesWith(string data)
    {
        var found = new List<string>();
        foreach (
            var process in Directory
                .EnumerateDirectories("/proc")
                .Where(folder => int.TryParse(Path.GetFileName(folder), out var id) && id != Environment.ProcessId)
        )
        {
            try
            {
                var command = File.ReadAllText($"{process}/cmdline");
                if (
                    command.Contains(data, StringComparison.Ordinal)
                    || File.ReadAllText($"{process}/environ").Contains(data, StringComparison.Ordinal)
                )
                    found.Add(command.Replace('\0', ' '));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException) { }
        }
        return found;
    }
}
