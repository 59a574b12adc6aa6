namespace PedAtt.Web.Forms;

/// <summary>A phone as people write it: <c>8 (701) 234-56-78</c>, <c>701 234 56 78</c> → <c>+77012345678</c>.</summary>
public static class PhoneInput
{
    public static string Read(IFormCollection form, string name)
    {
        var typed = form[name].ToString().Trim();
        var digits = string.Concat(typed.Where(char.IsAsciiDigit));
        return typed.Any(letter => !char.IsAsciiDigit(letter) && !"+-() \u00a0".Contains(letter))
            ? typed
            : digits switch
            {
                { Length: 10 } => "+7" + digits,
                { Length: 11 } when digits[0] is '7' or '8' => "+7" + digits[1..],
                _ => typed,
            };
    }

    /// <summary>As it is read: <c>+7 701 234 56 78</c>.</summary>
    public static string Show(string phone) =>
        phone.Length == 12 ? $"{phone[..2]} {phone[2..5]} {phone[5..8]} {phone[8..10]} {phone[10..]}" : phone;
}
