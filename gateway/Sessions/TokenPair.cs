namespace PedAtt.Gateway.Sessions;

/// <summary>What Identity answers to a sign-in and to a refresh.</summary>
/// <param name="ExpiresIn">Seconds.</param>
public sealed record TokenPair(string AccessToken, int ExpiresIn, string RefreshToken);
