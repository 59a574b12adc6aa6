namespace PedAtt.Identity.Tokens;

/// <summary>A key that signs access tokens. Its public half is published before and after it signs; the private half is
/// kept encrypted.</summary>
public sealed class SigningKey
{
    public required string Kid { get; init; }

    public required string X { get; init; }

    public required string Y { get; init; }

    public required byte[] EncryptedPrivateKey { get; init; }

    public required DateTimeOffset SignsFrom { get; init; }

    public required DateTimeOffset SignsUntil { get; init; }

    /// <summary>Published until then: after the last token that it signed has expired.</summary>
    public required DateTimeOffset PublishedUntil { get; init; }
}
