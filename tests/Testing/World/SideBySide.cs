using System.Collections.Concurrent;
using System.Reflection;
using PedAtt.AppHost.Servers;
using Xunit.v3;

namespace PedAtt.Testing.World;

/// <summary>A test that kills parts of the shared system, or measures it: no other test of any process runs beside
/// it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class KillsPartsAttribute : Attribute;

/// <summary>For a whole assembly: its tests use the shared system beside those of other processes, but for those that
/// kill parts of it.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SideBySideAttribute : BeforeAfterTestAttribute
{
    // By the test, not by the flow of its calls: what nobody holds any more the collector closes, and with it the
    // place.
    private static readonly ConcurrentDictionary<string, Place> places = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var kills =
            methodUnderTest.IsDefined(typeof(KillsPartsAttribute))
            || test.TestCase.TestClass.Class.IsDefined(typeof(KillsPartsAttribute), inherit: true);
        places[test.UniqueID] = kills ? Place.Alone() : Place.Shared();
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (places.TryRemove(test.UniqueID, out var place))
            place.Dispose();
    }
}

/// <summary>A place at the shared system, with others or alone. Who wants it alone lets nobody in any more and waits
/// for those inside.</summary>
public sealed class Place : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(60);

    private readonly FileStream[] held;

    private Place(params FileStream[] held) => this.held = held;

    public static Place Shared()
    {
        using var door = FileLock.Wait(Lock("door"), patience);
        return new(FileLock.WaitShared(Lock("inside"), patience));
    }

    public static Place Alone() => new(FileLock.Wait(Lock("door"), patience), FileLock.Wait(Lock("inside"), patience));

    public void Dispose()
    {
        foreach (var one in held.Reverse())
            one.Dispose();
    }

    private static string Lock(string name) => Path.Combine(PedAttSystem.SharedHome, $"{name}.lock");
}
