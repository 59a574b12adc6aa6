using PedAtt.Testing;

namespace PedAtt.Architecture.Tests;

/// <summary>docs/events.md says who publishes and who consumes what; here it is held against the code.</summary>
public class EventsDocumentTests
{
    [Fact]
    public void The_table_of_events_is_that_of_the_code()
    {
        var rows = File.ReadAllLines(Path.Combine(TestServers.Root, "docs", "events.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => string.Join(" | ", line.Trim('|', ' ').Split('|').Select(cell => cell.Trim())));

        Assert.Equal(Published().Order(), rows);
    }

    private static IEnumerable<string> Published() =>
        from type in Solution.Types("Contracts")
        where type is { Namespace: "PedAtt.Contracts", DeclaringType: null } && type.GetProperty("At") is not null
        select $"{type.Name} | {PublisherOf(type)} | {string.Join(", ", ConsumersOf(type))}";

    private static string PublisherOf(Type type) =>
        Path.GetFileNameWithoutExtension(
                Solution
                    .SourcesIn("Contracts")
                    .Single(file => file.Text.Contains($"record {type.Name}(", StringComparison.Ordinal))
                    .Path
            )
            .Replace("Events", "", StringComparison.Ordinal);

    private static IEnumerable<string> ConsumersOf(Type type) =>
        Solution
            .Services.Where(service =>
                Solution
                    .Types(service)
                    .Any(candidate =>
                        candidate
                            .GetInterfaces()
                            .Any(face =>
                                face.IsGenericType
                                && face.Name == "IConsumer`1"
                                && face.GetGenericArguments()[0] == type
                            )
                    )
            )
            .Order();
}
