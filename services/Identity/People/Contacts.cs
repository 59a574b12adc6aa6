using System.Net.Mail;
using System.Text.RegularExpressions;

namespace PedAtt.Identity.People;

/// <summary>How a person can be reached.</summary>
public static partial class Contacts
{
    /// <summary>As it is compared: one mailbox has one account, however its letters are cased.</summary>
    public static string Normalized(string email) => email.ToUpperInvariant();

    /// <summary>One that a letter can be sent to. A letter of another script before the @ is a slip of the keyboard.</summary>
    public static bool IsEmail(string? email) => email is { Length: <= 254 } && Email().IsMatch(email) && MailAddress.TryCreate(email, out _);

    /// <summary>+7 and ten digits.</summary>
    public static bool IsPhone(string? phone) => phone is not null && Phone().IsMatch(phone);

    [GeneratedRegex(@"\A(?=[^@]{1,64}@)[!#-'*+/-9=?A-Z^-~-]+(?:\.[!#-'*+/-9=?A-Z^-~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,63}\z")]
    private static partial Regex Email();

    [GeneratedRegex(@"\A\+7[0-9]{10}\z")]
    private static partial Regex Phone();
}
