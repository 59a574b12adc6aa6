namespace PedAtt.Applications;

public static class FormBody
{
    /// <summary>
    /// Reads a form and checks all of its fields, so that a person sees everything that is wrong at once. A field of
    /// the wrong type has that one code: what its rules would say of nothing in its place would only confuse.
    /// </summary>
    /// <exception cref="Problem">415, 413, 400 request.malformed, 400 validation</exception>
    public static async Task<TChecked> ReadAsync<TForm, TChecked>(
        HttpContext http,
        Func<TForm, Action<string, string>, TChecked?> check,
        CancellationToken ct
    )
        where TChecked : class
    {
        var errors = new Errors();
        var form = await RequestBody.ReadAsync<TForm>(http, errors, ct);
        var mistyped = errors.ToDictionary();
        var value = check(
            form,
            (field, code) =>
            {
                if (!mistyped.ContainsKey(field))
                    errors.Add(field, code);
            }
        );
        errors.ThrowIfAny();
        return value ?? throw new InvalidOperationException("A form without errors has a value.");
    }
}
