using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PedAtt.Testing.World;

/// <summary>What came back from one call.</summary>
public sealed record Answer(
    int Status,
    byte[] Bytes,
    HttpResponseHeaders Headers,
    HttpContentHeaders ContentHeaders,
    string Call
)
{
    private static readonly JsonSerializerOptions contract = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
    };

    public bool IsSuccess => Status is >= 200 and < 300;

    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Bytes);

    /// <summary>The problem's code; null where the answer is no problem.</summary>
    public string? Code =>
        ContentHeaders.ContentType?.MediaType == "application/problem+json"
            ? Json.GetProperty("code").GetString()
            : null;

    /// <summary>A validation problem's codes by field.</summary>
    public Dictionary<string, string[]> Errors =>
        Json.GetProperty("errors").Deserialize<Dictionary<string, string[]>>()!;

    public IReadOnlyList<string> List(string property) => Json.GetProperty(property).Deserialize<List<string>>()!;

    public T As<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Bytes, contract)!;
        }
        catch (JsonException wrong)
        {
            throw new ContractException($"{Call}: not the shape of {typeof(T).Name}: {wrong.Message}\n{Text}");
        }
    }

    public Answer Expect(int status)
    {
        if (Status != status)
            throw new ContractException($"{Call}: expected {status}, got {Status} {Shortened()}");
        return this;
    }

    /// <summary>The call was refused as the contract says: by this status, with this code, in the one shape of a
    /// problem.</summary>
    public Answer Refused(int status, string code)
    {
        if (Status != status || Code != code)
            throw new ContractException($"{Call}: expected {status} {code}, got {Status} {Shortened()}");
        foreach (var member in new[] { "title", "detail", "traceId" })
            Assert.False(
                string.IsNullOrWhiteSpace(Json.GetProperty(member).GetString()),
                $"{Call}: {code} has no {member}"
            );
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        return this;
    }

    /// <summary>400 validation, with exactly these codes at exactly this field.</summary>
    public Answer Invalid(string field, params string[] codes)
    {
        Refused(400, "validation");
        if (
            !Errors.TryGetValue(field, out var found)
            || !found.Order().SequenceEqual(codes.Order())
            || Errors.Count != 1
        )
            throw new ContractException(
                $"{Call}: expected only {field}: {string.Join(", ", codes)}, got {Shortened()}"
            );
        return this;
    }

    private string Shortened() => Text.Length > 1500 ? Text[..1500] : Text;
}

/// <summary>The system answered otherwise than the contract says.</summary>
public sealed class ContractException(string message) : Exception(message);
