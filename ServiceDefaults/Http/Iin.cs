namespace PedAtt.ServiceDefaults.Http;

/// <summary>
/// The twelve digits that name a person (ИИН, ЖСН) or an organisation (БИН, БСН). Only the length and the control digit
/// are judged: since decree 853 of 26.08.2013 the digits need not agree with the birth date or the sex.
/// </summary>
public static class Iin
{
    private static readonly int[] FirstWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    private static readonly int[] SecondWeights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

    public static bool IsValid(string? number)
    {
        // Twelve noughts have the right control digit and are nobody's.
        if (number is not { Length: 12 } || !number.All(char.IsAsciiDigit) || number.All(digit => digit == '0'))
            return false;

        var control = Remainder(number, FirstWeights);
        if (control == 10)
            control = Remainder(number, SecondWeights);

        // A number whose both sums leave ten is never issued, whatever its last digit.
        return control != 10 && control == number[11] - '0';
    }

    private static int Remainder(string number, int[] weights) =>
        weights.Select((weight, i) => weight * (number[i] - '0')).Sum() % 11;
}
