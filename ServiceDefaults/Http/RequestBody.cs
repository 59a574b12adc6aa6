using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace PedAtt.ServiceDefaults.Http;

/// <summary>
/// Reads a JSON body after the handler has decided 404 and 403, and tells every field that has the wrong type at once:
/// the framework's own binding would answer before the handler, and stop at the first.
/// </summary>
public static class RequestBody
{
    /// <summary>A JSON body without files has no reason to be larger.</summary>
    private const int MaxBytes = 1024 * 1024;

    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    /// <exception cref="Problem">415 request.media-type, 413 request.too-large, 400 request.malformed or
    /// validation</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, CancellationToken ct)
    {
        using var document = await ReadDocumentAsync(http, ct);
        return Parse<T>(document.RootElement);
    }

    /// <summary>Reads on over fields of the wrong type, so that the fields' rules can add what else is wrong; they are
    /// null then.</summary>
    public static async Task<T> ReadAsync<T>(HttpContext http, Errors errors, CancellationToken ct)
    {
        using var document = await ReadDocumentAsync(http, ct);
        return Parse<T>(document.RootElement, errors);
    }

    /// <summary>An object with nothing in it, or no body at all: what a move takes.</summary>
    public static async Task ReadNothingAsync(HttpContext http, CancellationToken ct)
    {
        var body = await ReadBytesAsync(http, ct);
        if (body.Length > 0)
            ParseObject(http, body).Dispose();
    }

    public static async Task<JsonDocument> ReadDocumentAsync(HttpContext http, CancellationToken ct) =>
        ParseObject(http, await ReadBytesAsync(http, ct));

    /// <summary>Binds a JSON object to a record by its constructor: texts cleaned, a blank one null, unknown properties
    /// ignored.</summary>
    /// <exception cref="Problem">400 validation: value.wrong-type, date.invalid</exception>
    public static T Parse<T>(JsonElement body)
    {
        var errors = new Errors();
        var value = Parse<T>(body, errors);
        errors.ThrowIfAny();
        return value;
    }

    private static T Parse<T>(JsonElement body, Errors errors)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Problem.With(400, SharedCodes.RequestMalformed);
        var shape = Shapes.GetOrAdd(typeof(T), type => new Shape(type));
        var values = new object?[shape.Parameters.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (name, type) = shape.Parameters[i];
            values[i] = body.TryGetProperty(name, out var value) ? Convert(name, value, type, errors) : null;
            if (values[i] is null && type.IsValueType && Nullable.GetUnderlyingType(type) is null)
                values[i] = Activator.CreateInstance(type);
        }
        return (T)shape.Constructor.Invoke(values);
    }

    private static object? Convert(string field, JsonElement value, Type type, Errors errors)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        try
        {
            if (plain == typeof(string))
                return value.ValueKind != JsonValueKind.String ? Refused(FieldCodes.ValueWrongType)
                    // No database column holds it, whatever the field's own rules allow.
                    : value.GetString()!.Contains('\0') ? Refused(FieldCodes.TextControlCharacters)
                    : TypedText.Clean(value.GetString());
            return value.Deserialize(plain, Json.Options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // A text that is no date is a mistyped date; a number in its place is a wrong type.
            var mistypedDate = value.ValueKind == JsonValueKind.String && plain == typeof(DateOnly);
            var unknownKey = value.ValueKind == JsonValueKind.String && plain == typeof(Guid);
            errors.Add(
                field,
                mistypedDate ? FieldCodes.DateInvalid
                    : unknownKey ? FieldCodes.UnknownKey
                    : FieldCodes.ValueWrongType
            );
            return null;
        }

        object? Refused(string code)
        {
            errors.Add(field, code);
            return null;
        }
    }

    private static async Task<byte[]> ReadBytesAsync(HttpContext http, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, ct)) > 0)
        {
            if (buffer.Length + read > MaxBytes)
                throw Problem.With(413, SharedCodes.RequestTooLarge);
            buffer.Write(chunk, 0, read);
        }
        // A filter before us (idempotency) may have read it already and left it to be read again.
        if (http.Request.Body.CanSeek)
            http.Request.Body.Position = 0;
        return buffer.ToArray();
    }

    private static JsonDocument ParseObject(HttpContext http, byte[] body)
    {
        if (!http.Request.HasJsonContentType())
            throw Problem.With(415, SharedCodes.RequestMediaType);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, Strict);
        }
        catch (JsonException)
        {
            throw Problem.With(400, SharedCodes.RequestMalformed);
        }
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw Problem.With(400, SharedCodes.RequestMalformed);
    }

    private sealed class Shape
    {
        public Shape(Type type)
        {
            Constructor = type.GetConstructors()
                .OrderByDescending(constructor => constructor.GetParameters().Length)
                .First();
            Parameters =
            [
                .. Constructor
                    .GetParameters()
                    .Select(parameter =>
                        (JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!), parameter.ParameterType)
                    ),
            ];
        }

        public ConstructorInfo Constructor { get; }

        public (string Name, Type Type)[] Parameters { get; }
    }
}
