using System.Text.Json;
using System.Text.Json.Nodes;
using PedAtt.Testing;

namespace PedAtt.Architecture.Tests;

/// <summary>
/// Names and shapes of events are pinned: old ones wait in queues and outboxes while a new version starts. The Events
/// folder of its publisher's tests holds a sample of each as it was first sent. An event grows by optional fields only;
/// a sample is never edited.
/// </summary>
public class EventSamplesTests
{
    /// <summary>An event says when it happened; the other records in Contracts are parts of one.</summary>
    private static IEnumerable<Type> Events =>
        Solution
            .Types("Contracts")
            .Where(type =>
                type is { Namespace: "PedAtt.Contracts", DeclaringType: null } && type.GetProperty("At") is not null
            );

    private static IEnumerable<string> Samples =>
        Directory
            .EnumerateFiles(Path.Combine(TestServers.Root, "tests"), "*.json", SearchOption.AllDirectories)
            .Where(file =>
                Path.GetFileName(Path.GetDirectoryName(file)) == "Events"
                && !file.Contains("/bin/")
                && !file.Contains("/obj/")
            );

    [Fact]
    public void Every_event_has_a_sample_and_every_sample_an_event() =>
        Assert.Equal(
            Events.Select(type => type.Name).Order(),
            Samples.Select(file => Path.GetFileNameWithoutExtension(file)).Order()
        );

    [Fact]
    public void Every_sample_is_read_back_whole()
    {
        Assert.NotEmpty(Samples);
        foreach (var file in Samples)
        {
            var type = Events.Single(type => type.Name == Path.GetFileNameWithoutExtension(file));
            var sample = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            var read = sample.Deserialize(type, Json.Options);
            var written = JsonSerializer.SerializeToNode(read, type, Json.Options)!.AsObject();
            foreach (var (name, value) in sample)
                Assert.True(
                    JsonNode.DeepEquals(value, written[name]),
                    $"{type.Name}.{name}: {value} was read as {written[name]}"
                );
            // What came later is absent in old events, so it must be able to be.
            Assert.All(written.Where(member => !sample.ContainsKey(member.Key)), member => Assert.Null(member.Value));
        }
    }
}
