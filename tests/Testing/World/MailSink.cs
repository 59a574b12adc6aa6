using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Testing.World;

public sealed record Mail(string To, string MessageId, string Subject, string Text);

/// <summary>Every letter that left the system, by the mail sink's GET /email.</summary>
public sealed class MailSink(Uri page)
{
    private static readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };

    public async Task<IReadOnlyList<Mail>> AllAsync()
    {
        // The sink lists a letter while it is still being read, without its addresses.
        var mails = (await http.GetFromJsonAsync<List<JsonElement>>(new Uri(page, "email")) ?? []).Where(mail =>
            mail.TryGetProperty("to", out var to)
            && to.EnumerateArray().All(one => one.TryGetProperty("address", out _))
        );
        return
        [
            .. mails.SelectMany(mail =>
                mail.GetProperty("to")
                    .EnumerateArray()
                    .Select(to => new Mail(
                        to.GetProperty("address").GetString()!,
                        mail.GetProperty("headers").GetProperty("message-id").GetString()!,
                        mail.GetProperty("subject").GetString() ?? "",
                        mail.TryGetProperty("text", out var text) ? text.GetString() ?? "" : ""
                    ))
            ),
        ];
    }

    /// <summary>What arrived for an address, each letter once; waits for as many as are expected, and then a moment for
    /// one too many.</summary>
    public async Task<IReadOnlyList<Mail>> ForAsync(string address, int expected)
    {
        for (var until = Stopwatch.GetTimestamp() + 60 * Stopwatch.Frequency; ; await Task.Delay(250))
        {
            var arrived = (await AllAsync())
                .Where(mail => string.Equals(mail.To, address, StringComparison.OrdinalIgnoreCase))
                .DistinctBy(mail => mail.MessageId)
                .ToList();
            if (arrived.Count >= expected || Stopwatch.GetTimestamp() > until)
                return arrived;
        }
    }
}
