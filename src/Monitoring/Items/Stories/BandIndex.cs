using System.Runtime.InteropServices;

namespace Monitoring.Items.Stories;

/// <summary>
/// Which entries have the same values in one band. Most have few fellows and stand in a chain, which takes one number for each; where many have the same, as
/// desks that fill in forms do, they stand side by side, or each step of the chain would wait for memory. Not safe for several threads.
/// </summary>
internal sealed class BandIndex
{
    private const int LongestChain = 6;

    private readonly Dictionary<uint, (int Newest, int Count)> _chains = [];
    private readonly Dictionary<uint, List<int>> _crowds = [];

    /// <summary>For each entry the one before it in its chain, or -1.</summary>
    private readonly List<int> _before = [];

    /// <summary>Adds the next entry.</summary>
    public void Add(uint value)
    {
        var place = _before.Count;
        ref var chain = ref CollectionsMarshal.GetValueRefOrAddDefault(_chains, value, out var isThere);
        _before.Add(isThere ? chain.Newest : -1);
        chain = (place, chain.Count + 1);
        if (chain.Count == LongestChain)
        {
            _crowds.Add(value, [.. Chain(place).Reverse()]);
        }
        else if (chain.Count > LongestChain)
        {
            _crowds[value].Add(place);
        }
    }

    /// <summary>Adds the next entry, which is in no band.</summary>
    public void Skip() => _before.Add(-1);

    /// <summary>Counts one more for each entry from <paramref name="first"/> on that has the value, and notes those that had none.</summary>
    public void Count(uint value, int first, Span<byte> times, List<int> met)
    {
        if (_crowds.TryGetValue(value, out var crowd))
        {
            var places = CollectionsMarshal.AsSpan(crowd);
            for (var i = places.Length - 1; i >= 0 && places[i] >= first; i--)
            {
                CountOne(places[i], times, met);
            }
        }
        else if (_chains.TryGetValue(value, out var chain))
        {
            for (var place = chain.Newest; place >= first; place = _before[place])
            {
                CountOne(place, times, met);
            }
        }
    }

    public void Clear()
    {
        _chains.Clear();
        _crowds.Clear();
        _before.Clear();
    }

    private static void CountOne(int place, Span<byte> times, List<int> met)
    {
        if (times[place]++ == 0)
        {
            met.Add(place);
        }
    }

    private IEnumerable<int> Chain(int place)
    {
        for (; place >= 0; place = _before[place])
        {
            yield return place;
        }
    }
}
