namespace PedAtt.ServiceDefaults.Http;

/// <summary>
/// The rules that fields have everywhere, one line each. Every field that is wrong is told at once; one that had the
/// wrong type already has its code, and what its rules would say of nothing in its place would only confuse.
/// <code>
/// var fields = new Fields(errors);
/// fields.Text("positionRu", PositionRu, 2..200);
/// fields.Email("email", Email);
/// </code>
/// Lengths are in characters as a person counts them (<see cref="TypedText.Length"/>); texts were cleaned when they
/// were read.
/// </summary>
public sealed class Fields(Errors errors)
{
    private readonly IReadOnlyDictionary<string, string[]> mistyped = errors.ToDictionary();

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool Good => !errors.Any;

    public void Wrong(string field, string code)
    {
        if (!mistyped.ContainsKey(field))
            errors.Add(field, code);
    }

    /// <summary>Tells the code where the rule is broken.</summary>
    public void Require(string field, bool rule, string code)
    {
        if (!rule)
            Wrong(field, code);
    }

    /// <returns>Whether there is something to judge.</returns>
    public bool Required(string field, object? value)
    {
        if (value is null)
            Wrong(field, FieldCodes.Required);
        return value is not null;
    }

    /// <summary>A text of one line.</summary>
    public void Text(string field, string? text, Range length, bool required = true) =>
        Text(field, text, length, required, lines: false);

    /// <summary>A text that may have several lines.</summary>
    public void LongText(string field, string? text, Range length, bool required = true) =>
        Text(field, text, length, required, lines: true);

    /// <summary>A part of a person's name, cleaned by <see cref="PersonName.Clean"/>.</summary>
    public void Name(string field, string? name, int longest = 100, bool required = true)
    {
        Text(field, name, 1..longest, required);
        if (name is not null && !TypedText.HasControls(name, lines: false))
            Require(field, PersonName.IsName(name), FieldCodes.NameInvalid);
    }

    public void Email(string field, string? email)
    {
        if (!Required(field, email))
            return;
        if (TypedText.Length(email!) > Contacts.LongestEmail)
            Wrong(field, FieldCodes.FieldTooLong);
        else
            Require(field, Contacts.IsEmail(email), FieldCodes.EmailInvalid);
    }

    public void Phone(string field, string? phone)
    {
        if (Required(field, phone))
            Require(field, Contacts.IsPhone(phone), FieldCodes.PhoneInvalid);
    }

    /// <summary>A key of reference data.</summary>
    public void Key(string field, string? key, Func<string, bool> isKnown)
    {
        if (Required(field, key))
            Require(field, isKnown(key!), FieldCodes.UnknownKey);
    }

    private void Text(string field, string? text, Range length, bool required, bool lines)
    {
        if (text is null)
        {
            Require(field, !required, FieldCodes.Required);
            return;
        }
        Require(field, TypedText.Length(text) >= length.Start.Value, FieldCodes.FieldTooShort);
        Require(field, TypedText.Length(text) <= length.End.Value, FieldCodes.FieldTooLong);
        Require(field, !TypedText.HasControls(text, lines), FieldCodes.TextControlCharacters);
    }
}
