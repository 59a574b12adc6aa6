using System.Globalization;
using System.Text.RegularExpressions;

namespace PedAtt.ServiceDefaults.Http;

/// <summary>How a person can be reached: one meaning in every service and on every page.</summary>
public static partial class Contacts
{
    public const int LongestEmail = 254;

    /// <summary>As it is compared: one mailbox has one account, however its letters are cased.</summary>
    public static string Normalized(string email) => email.ToUpperInvariant();

    /// <summary>
    /// One that a letter can be sent to (RFC 5321): a letter of another script before the @ is a slip of the keyboard;
    /// after it a domain in any script, or its punycode, that IDNA knows.
    /// </summary>
    public static bool IsEmail(string? email) =>
        email is { Length: <= LongestEmail }
        && Email().Match(email) is { Success: true } match
        && IsDomain(match.Groups["domain"].Value);

    /// <summary>+7 and ten digits.</summary>
    public static bool IsPhone(string? phone) => phone is not null && Phone().IsMatch(phone);

    private static bool IsDomain(string domain)
    {
        try
        {
            return new IdnMapping { UseStd3AsciiRules = true }
                    .GetAscii(domain)
                    .Length <= 253;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(
        @"\A(?=[^@]{1,64}@)[!#-'*+/-9=?A-Z^-~-]+(?:\.[!#-'*+/-9=?A-Z^-~-]+)*@(?<domain>(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+(?:\p{L}{2,63}|[xX][nN]--[a-zA-Z0-9-]{1,58}[a-zA-Z0-9]))\z"
    )]
    private static partial Regex Email();

    [GeneratedRegex(@"\A\+7[0-9]{10}\z")]
    private static partial Regex Phone();
}
