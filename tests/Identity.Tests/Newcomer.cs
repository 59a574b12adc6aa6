using System.Security.Cryptography;

namespace PedAtt.Identity.Tests;

/// <summary>An invented person with what they write when they register; the shape of POST registrations.</summary>
public sealed record Newcomer
{
    public Guid Id { get; init; }

    public string? Login { get; init; }

    public string? ActivationCode { get; init; }

    public string? Iin { get; init; } = NewIin();

    public string? Email { get; init; } = $"{Guid.NewGuid():N}@school.example.kz";

    public string? Phone { get; init; } = "+77011234567";

    public string? Password { get; init; } = "Тау мен дала 2026";

    public string? FamilyName { get; init; } = "Сейтқали";

    public string? GivenName { get; init; } = "Әсел";

    public string? Patronymic { get; init; } = "Маратқызы";

    public string? Language { get; init; }

    public bool? Consent { get; init; } = true;

    /// <summary>The number of somebody born in the nineteenth century: nobody alive holds it.</summary>
    public static string NewIin()
    {
        while (true)
        {
            var body =
                $"{RandomNumberGenerator.GetInt32(60, 100)}0615{RandomNumberGenerator.GetInt32(1, 3)}{RandomNumberGenerator.GetInt32(2000, 10000)}";
            if (
                Enumerable
                    .Range(0, 10)
                    .Select(digit => $"{body}{digit}")
                    .FirstOrDefault(PedAtt.ServiceDefaults.Http.Iin.IsValid) is
                { } iin
            )
                return iin;
        }
    }

    /// <summary>The number of an organisation that does not exist: it was registered in a month that no year
    /// has.</summary>
    public static string NewBin()
    {
        while (true)
        {
            var body = $"{RandomNumberGenerator.GetInt32(10, 60)}9940{RandomNumberGenerator.GetInt32(10000, 100000)}";
            if (
                Enumerable
                    .Range(0, 10)
                    .Select(digit => $"{body}{digit}")
                    .FirstOrDefault(PedAtt.ServiceDefaults.Http.Iin.IsValid) is
                { } bin
            )
                return bin;
        }
    }
}
