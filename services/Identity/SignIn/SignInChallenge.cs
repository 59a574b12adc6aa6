namespace PedAtt.Identity.SignIn;

/// <summary>A text to be signed once, to sign in and for nothing else; its row is gone as soon as somebody has tried
/// it.</summary>
public sealed class SignInChallenge
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Text { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
