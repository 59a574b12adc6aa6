namespace PedAtt.Edge;

/// <summary>What the gateway and the pages behind it tell each other. No browser can say any of it: the gateway strips
/// it.</summary>
public static class PagesHeaders
{
    /// <summary>On a request to the pages: the session's CSRF token, masked.</summary>
    public const string Csrf = "X-PedAtt-Csrf";

    /// <summary>On a call of the pages: the service's token that proves them, so that limits count the person behind
    /// them.</summary>
    public const string Proof = "X-PedAtt-Pages";

    /// <summary>On an answer of the pages: the API told them that the sign-in has ended.</summary>
    public const string SessionEnded = "X-PedAtt-Session-Ended";
}
