namespace PedAtt.ServiceDefaults.Problems;

/// <summary>What can be wrong with a field of any form: the words in the member <c>errors</c> of a validation problem.
/// The pages have their texts.</summary>
public static class FieldCodes
{
    public const string Required = "required";
    public const string UnknownKey = "unknown-key";
    public const string ValueWrongType = "value.wrong-type";
    public const string NumberOutOfRange = "number.out-of-range";
    public const string DateInvalid = "date.invalid";
    public const string FieldTooShort = "field.too-short";
    public const string FieldTooLong = "field.too-long";
    public const string TextControlCharacters = "text.control-characters";
    public const string NameInvalid = "name.invalid";
    public const string EmailInvalid = "email.invalid";
    public const string PhoneInvalid = "phone.invalid";
    public const string IinInvalid = "iin.invalid";
    public const string FilesTooMany = "files.too-many";
    public const string CsvCells = "csv.cells";
}
