namespace PedAtt.ServiceDefaults.Hosting;

public static class Health
{
    /// <summary>The tag of the checks without which a replica gets no requests.</summary>
    public const string Ready = "ready";
}
