using System.Security.Cryptography;

namespace PedAtt.Testing.World;

/// <summary>Numbers with a right control digit that no living person holds: births of the nineteenth century.</summary>
public static class Numbers
{
    private static readonly int[] first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    private static readonly int[] second = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

    /// <summary>18YYMMDD, digit 7 is 1 or 2.</summary>
    public static string Iin() =>
        WithControl(() => $"{Random(100):00}{1 + Random(12):00}{1 + Random(28):00}{1 + Random(2)}{Random(10000):0000}");

    /// <summary>A head organisation (4, 0) registered in some month.</summary>
    public static string Bin() => WithControl(() => $"{Random(25):00}{1 + Random(12):00}40{Random(100000):00000}");

    public static string WithWrongDigit(string number) => number[..11] + (char)('0' + ((number[11] - '0' + 1) % 10));

    public static string Phone() => $"+7700{Random(10_000_000):0000000}";

    private static string WithControl(Func<string> body)
    {
        while (true)
        {
            var digits = body();
            var control = Sum(digits, first);
            if (control == 10)
                control = Sum(digits, second);
            if (control != 10)
                return digits + control;
        }
    }

    private static int Sum(string digits, int[] weights) =>
        weights.Select((weight, i) => weight * (digits[i] - '0')).Sum() % 11;

    private static int Random(int below) => RandomNumberGenerator.GetInt32(below);
}
