[assembly: AssemblyFixture(typeof(SharedSystem))]

namespace PedAtt.SystemTests;

/// <summary>For what would be disturbed by others, or would disturb them: run when the rest has ended, one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}

/// <summary>Those that need everything on disk share one such system.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Crashable : ICollectionFixture<CrashableSystem>
{
    public const string Name = "Crashable";
}
