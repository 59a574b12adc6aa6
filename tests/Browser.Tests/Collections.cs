[assembly: AssemblyFixture(typeof(PedAtt.Browser.Tests.World.Site))]
[assembly: SideBySide]

namespace PedAtt.Browser.Tests;

/// <summary>NCALayer has one address on a machine: who signs with it does so one after another.</summary>
[CollectionDefinition(Name)]
public sealed class Signing : ICollectionFixture<FakeNcaLayer>
{
    public const string Name = "Signing";
}

/// <summary>For what would disturb others: run when the rest has ended, one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
