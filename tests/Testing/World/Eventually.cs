using System.Diagnostics;
using System.Text.Json;
using Xunit.Sdk;

namespace PedAtt.Testing.World;

/// <summary>For what may lag, notifications and e-mail; nothing else may.</summary>
public static class Eventually
{
    public static async Task Async(Func<Task> assert, int seconds = 60)
    {
        for (var until = Stopwatch.GetTimestamp() + seconds * Stopwatch.Frequency; ; await Task.Delay(200))
        {
            try
            {
                await assert();
                return;
            }
            catch (XunitException) when (Stopwatch.GetTimestamp() < until) { }
        }
    }
}

public static class Lists
{
    /// <summary>The elements of a list, whether it stands alone or under <c>items</c>.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json) =>
        (json.ValueKind == JsonValueKind.Array ? json : json.GetProperty("items")).EnumerateArray();

    /// <summary>In the order of another list: two answers may name blocks in different orders.</summary>
    public static IEnumerable<string> Order(this IReadOnlyList<string> keys, List<string> order) =>
        keys.OrderBy(order.IndexOf);
}
