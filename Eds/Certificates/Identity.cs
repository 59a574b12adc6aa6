namespace PedAtt.Eds.Certificates;

/// <summary>Who a certificate of Kazakhstan's authority is for: IIN and BIN stand in the subject with a
/// prefix.</summary>
internal static class Identity
{
    private const string IinPrefix = "IIN";
    private const string BinPrefix = "BIN";

    /// <summary>The serial number attribute without its prefix; none when there is no such attribute.</summary>
    public static string? Iin(DistinguishedName subject) =>
        subject.Only(Oids.SerialNumber) is { } text && text.StartsWith(IinPrefix, StringComparison.Ordinal)
            ? text[IinPrefix.Length..]
            : null;

    /// <summary>The organisational unit with the prefix; others are units by name.</summary>
    public static string? Bin(DistinguishedName subject)
    {
        var found = subject
            .Attributes.Where(a =>
                a.Oid == Oids.OrganisationalUnit && a.Text?.StartsWith(BinPrefix, StringComparison.Ordinal) == true
            )
            .Select(a => a.Text![BinPrefix.Length..])
            .ToList();
        return found.Count > 1
            ? throw new RefusalException(Refusals.BinInvalid, "the certificate names several organisations")
            : found.FirstOrDefault();
    }

    public static bool IsTwelveDigits(string number) => number.Length == 12 && number.All(char.IsAsciiDigit);

    /// <summary>The last digit: weights 1 to 11 modulo 11; if that is 10, weights 3 to 11, 1, 2; if that is 10 too, no
    /// number.</summary>
    public static bool HasControlDigit(string iin)
    {
        var control = Sum(iin, 0);
        if (control == 10)
        {
            control = Sum(iin, 2);
        }
        return control == iin[11] - '0';
    }

    public static Signer Describe(Certificate certificate)
    {
        var subject = certificate.Subject;
        var commonName = Try(() => subject.Only(Oids.CommonName));
        var surname = Try(() => subject.Only(Oids.Surname));
        return new Signer(
            Try(() => Iin(subject)),
            Try(() => Bin(subject)),
            commonName,
            surname,
            FirstName(commonName, surname),
            Try(() => subject.Only(Oids.GivenName)),
            Try(() => subject.Only(Oids.Organisation)),
            certificate.SerialNumberHex,
            certificate.Issuer.ToString(),
            certificate.Thumbprint,
            certificate.NotBefore,
            certificate.NotAfter,
            Try(() => certificate.Key.Name) ?? "not accepted",
            certificate.Purposes
        );
    }

    private static int Sum(string iin, int turn) =>
        Enumerable.Range(0, 11).Sum(i => (iin[i] - '0') * ((i + turn) % 11 + 1)) % 11;

    private static string? FirstName(string? commonName, string? surname) =>
        commonName is not null && surname is not null && commonName.StartsWith(surname + " ", StringComparison.Ordinal)
            ? commonName[(surname.Length + 1)..]
            : null;

    private static string? Try(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (RefusalException)
        {
            // The check that needs it says why.
            return null;
        }
    }
}
