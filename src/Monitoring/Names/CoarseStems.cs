namespace Monitoring.Names;

/// <summary>
/// The stems of surnames once more, without what changes between languages and in hasty writing (<see cref="CoarseSigns"/>): they count only where the
/// listed first name itself stands beside them. Immutable once it is asked.
/// </summary>
internal sealed class CoarseStems
{
    /// <summary>Shorter ones are like too many others.</summary>
    private const int Least = 6;

    private readonly StemTable _stems = new();

    /// <summary>Most spellings of a surname are one and the same here.</summary>
    public void Add(IEnumerable<(string Skeleton, EndingClass Endings)> stems, int owner)
    {
        foreach (var (skeleton, endings) in stems.Where(stem => stem.Skeleton.Length >= Least).Select(stem => (CoarseSigns.Coarsen(stem.Skeleton), stem.Endings)).Distinct())
        {
            _stems.Add(skeleton, endings, owner);
        }
    }

    public void Freeze() => _stems.Freeze();

    /// <summary>Whether one may begin this word.</summary>
    public bool MayBegin(ReadOnlySpan<byte> word)
    {
        Span<byte> coarse = stackalloc byte[Signs.MostSigns];
        var count = CoarseSigns.Write(word, coarse, stackalloc byte[Signs.MostSigns]);
        return word.Length >= Least && _stems.MayBegin(coarse[..count]);
    }

    /// <summary>Those that begin a word, with the number of its signs that each takes.</summary>
    public IEnumerable<(int Owner, int Length, IReadOnlyList<Ending> Endings)> Find(byte[] word)
    {
        var (coarse, ends) = (new byte[Signs.MostSigns], new byte[Signs.MostSigns]);
        var count = CoarseSigns.Write(word, coarse, ends);
        foreach (var (length, stem) in _stems.Beginnings(coarse.AsSpan(0, count).ToArray()))
        {
            // What the coarse signs leave out behind the stem may be its own or the ending's.
            for (int end = ends[length - 1], last = length < count ? ends[length] - 1 : word.Length; end <= last; end++)
            {
                if (stem.Class.Find(word.AsSpan(end), word[end - 1]) is { Count: > 0 } endings)
                {
                    yield return (stem.Owner, end, endings);
                    break;
                }
            }
        }
    }
}
