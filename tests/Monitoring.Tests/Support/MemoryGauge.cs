namespace Monitoring.Tests.Support;

/// <summary>
/// The most that is reachable from anywhere at the moments it looks, above what was when it began. Counts the whole process: for classes of the collection
/// <see cref="AloneCollection"/>.
/// </summary>
internal sealed class MemoryGauge
{
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);

    public long Peak { get; private set; }

    public void Look() => Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: true) - _before);

    /// <summary>Passes on what is read, and looks after every so many.</summary>
    public IEnumerable<T> Watch<T>(IEnumerable<T> source, int every)
    {
        var count = 0;
        foreach (var element in source)
        {
            yield return element;
            if (++count % every == 0)
            {
                Look();
            }
        }
    }
}

/// <summary>Tests that nothing else may run beside.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
