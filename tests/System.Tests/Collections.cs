[assembly: AssemblyFixture(typeof(SharedSystem))]
[assembly: SideBySide]

namespace PedAtt.SystemTests;

/// <summary>For what would be disturbed by others, or would disturb them: run when the rest has ended, one after
/// another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
