namespace PedAtt.Eds;

public enum TimestampRule
{
    /// <summary>A token must be there and hold.</summary>
    Required,

    /// <summary>None is needed; one that is there must hold.</summary>
    MustHoldIfPresent,

    /// <summary>One that does not hold is as none: the server's time counts.</summary>
    IgnoredIfBroken,
}

/// <summary>What becomes of a signature whose certificate nobody can be asked about now.</summary>
public enum UnavailableRule
{
    /// <summary>The verdict waits; ask again later with new evidence.</summary>
    Waits,
    Refuses,
    Accepts,
}

/// <summary>What a signature must be beyond being genuine. The default is the strict one for a document.</summary>
public sealed record SignaturePolicy
{
    /// <summary>The person who must have signed; none means any person.</summary>
    public string? Iin { get; init; }

    /// <summary>The organisation in whose name it must be signed; none means that no organisation is asked
    /// for.</summary>
    public string? Bin { get; init; }

    /// <summary>The key must be for one of these.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [Oids.DocumentSigning];

    /// <summary>The certificate must give one of these roles in an organisation; empty means that none is asked
    /// for.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The certificate must be for signatures that cannot be denied later (keyUsage nonRepudiation).</summary>
    public bool NonRepudiation { get; init; } = true;

    /// <summary>Real IINs have a control digit; the test keys of the National Certification Authority do not all have a
    /// right one.</summary>
    public bool IinControlDigit { get; init; } = true;

    /// <summary>A CMS that carries the document itself is accepted if it is byte for byte the one that was to be
    /// signed.</summary>
    public bool AcceptAttached { get; init; }

    public TimestampRule Timestamp { get; init; } = TimestampRule.MustHoldIfPresent;

    public UnavailableRule WhenRevocationUnavailable { get; init; } = UnavailableRule.Waits;

    /// <summary>How long an OCSP answer without a date for the next one holds.</summary>
    public TimeSpan OcspMaxAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far the clocks of others may be off ours.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);
}
