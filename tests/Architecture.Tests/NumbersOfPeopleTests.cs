using System.Text.RegularExpressions;

namespace PedAtt.Architecture.Tests;

/// <summary>No living person's number stands in the repository: every IIN is one of a birth in the nineteenth
/// century.</summary>
public partial class NumbersOfPeopleTests
{
    private static readonly int[] first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    private static readonly int[] second = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

    [Fact]
    public void Twelve_digits_that_could_be_an_IIN_belong_to_nobody()
    {
        var wrong =
            from file in Solution.Files
            // Runs of digits that many people type as a password.
            where !file.Path.EndsWith("/common-passwords.txt", StringComparison.Ordinal)
            from Match match in TwelveDigits().Matches(file.Text)
            where IsValid(match.Value) && !BelongsToNobody(match.Value)
            select $"{file.Path}: {match.Value}";
        Assert.Empty(wrong.Distinct());
    }

    /// <summary>Nothing but zeros. Or digit 7 is 1 or 2: born 18xx. Or digit 5 is 4, 5 or 6, which no day of a month
    /// begins with: a BIN.</summary>
    private static bool BelongsToNobody(string number) =>
        number.All(digit => digit == '0') || number[6] is '1' or '2' || number[4] is '4' or '5' or '6';

    private static bool IsValid(string number)
    {
        var control = Sum(number, first);
        if (control == 10)
            control = Sum(number, second);
        return control == number[11] - '0';
    }

    private static int Sum(string number, int[] weights) =>
        weights.Select((weight, i) => weight * (number[i] - '0')).Sum() % 11;

    [GeneratedRegex("(?<![0-9A-Za-z.-])[0-9]{12}(?![0-9A-Za-z-])")]
    private static partial Regex TwelveDigits();
}
