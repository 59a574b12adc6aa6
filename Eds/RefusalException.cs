namespace PedAtt.Eds;

/// <summary>
/// Something that was read is not what it must be. The code is for programs and stays; the message says why, for a
/// person.
/// </summary>
public sealed class RefusalException : Exception
{
    public RefusalException(string code, string reason, Exception? cause = null)
        : base(reason, cause) => Code = code;

    /// <summary>One of <see cref="Refusals"/>.</summary>
    public string Code { get; }
}
