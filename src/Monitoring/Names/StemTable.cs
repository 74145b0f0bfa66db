namespace Monitoring.Names;

/// <summary>
/// Stems of name parts by their skeletons. A word is looked up by all its beginnings at once: their hashes are built sign by sign, and a filter that is
/// small enough for the processor's cache says for nearly all of them that no stem ends there. Allocates nothing for words that hold no stem. Immutable
/// once it is asked.
/// </summary>
internal sealed class StemTable
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    /// <summary>Bits of the filter for each stem, at least.</summary>
    private const int BitsPerStem = 16;

    private readonly Dictionary<ulong, List<Stem>> _stems = [];
    private ulong[]? _filter;
    private int _shift;

    /// <summary>The shortest stem.</summary>
    private int _least = int.MaxValue;

    /// <param name="Owner">What the stem belongs to; numbers of the table's user.</param>
    public readonly record struct Stem(int Owner, EndingClass Class);

    public int Count => _stems.Count;

    public void Add(string skeleton, EndingClass endings, int owner)
    {
        var hash = skeleton.Aggregate(0UL, (hash, sign) => Next(hash, Signs.Parse(sign)));
        if (!_stems.TryGetValue(hash, out var stems))
        {
            _stems.Add(hash, stems = []);
        }

        var stem = new Stem(owner, endings);
        if (!stems.Contains(stem))
        {
            stems.Add(stem);
        }

        (_least, _filter) = (Math.Min(_least, skeleton.Length), null);
    }

    /// <summary>Builds the filter; asking is safe from many threads afterwards.</summary>
    public StemTable Freeze()
    {
        var bits = Math.Max(12, 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)_stems.Count * BitsPerStem));
        _shift = 64 - bits;
        _filter = new ulong[(1 << bits) / 64];
        foreach (var hash in _stems.Keys)
        {
            var bit = Place(hash);
            _filter[bit >> 6] |= 1UL << (int)bit;
        }

        return this;
    }

    /// <summary>Whether a stem may be the beginning of a word; false is certain.</summary>
    public bool MayBegin(ReadOnlySpan<byte> word)
    {
        var (filter, hash) = (_filter!, 0UL);
        for (var i = 0; i < word.Length; i++)
        {
            hash = Next(hash, word[i]);
            var bit = Place(hash);
            if ((filter[bit >> 6] & (1UL << (int)bit)) != 0 && i + 1 >= _least)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The stems that begin a word whose rest is one of their endings, the longest first.</summary>
    public IEnumerable<(int Owner, int Length, IReadOnlyList<Ending> Endings)> Find(byte[] word)
    {
        var found = new List<(int, int, IReadOnlyList<Ending>)>();
        foreach (var (length, stem) in Beginnings(word))
        {
            if (stem.Class.Find(word.AsSpan(length), word[length - 1]) is { Count: > 0 } endings)
            {
                found.Add((stem.Owner, length, endings));
            }
        }

        found.Reverse();
        return found;
    }

    /// <summary>The stems that begin a word, whatever follows, the shortest first.</summary>
    public IEnumerable<(int Length, Stem Stem)> Beginnings(byte[] word)
    {
        var hash = 0UL;
        for (var i = 0; i < word.Length; i++)
        {
            hash = Next(hash, word[i]);
            foreach (var stem in i + 1 >= _least && _stems.TryGetValue(hash, out var stems) ? stems : [])
            {
                yield return (i + 1, stem);
            }
        }
    }

    private static ulong Next(ulong hash, byte sign) => unchecked((hash + sign) * Factor);

    private ulong Place(ulong hash) => hash >> _shift;
}
