using System.Runtime.InteropServices;

namespace Monitoring.Items.Stories;

/// <summary>
/// The entries of the window in memory, found by their bands and keys. What it gives is only worth a look: whoever asks reads each candidate's own row. Not safe
/// for several threads.
/// </summary>
internal sealed class CandidateIndex
{
    /// <summary>Two texts that share less are no copies; a little is left for the estimate's error.</summary>
    private const double LeastEstimate = 0.15;

    /// <summary>Where more are met, who was met in one band only is not looked at: a copy is met in about six.</summary>
    private const int Crowd = 512;

    private readonly List<IndexEntry> _entries = [];
    private readonly Dictionary<ItemKey, int> _placeOf = [];
    private readonly Dictionary<ulong, List<int>> _byKey = [];
    private readonly BandIndex[] _bands = [.. Enumerable.Range(0, MinHash.Bands).Select(_ => new BandIndex())];

    /// <summary>For each entry in how many bands and by how many keys it was just met; 0 between two questions. Small, because thousands are met at random places.</summary>
    private readonly List<byte> _bandsMet = [];

    private readonly List<byte> _keysMet = [];

    /// <summary>For each entry whether its item was filed again.</summary>
    private readonly List<bool> _isReplaced = [];

    private int _expired;

    /// <summary>The number of the last entry that was added; 0 if none ever was.</summary>
    public long Last { get; private set; }

    public int Count => _placeOf.Count;

    public IndexEntry? Find(ItemKey item) => _placeOf.TryGetValue(item, out var place) ? _entries[place] : null;

    public void Add(IndexEntry entry)
    {
        Last = Math.Max(Last, entry.Number);
        if (entry.Item is not { } item)
        {
            return;
        }

        var place = _entries.Count;
        _entries.Add(entry);
        _bandsMet.Add(0);
        _keysMet.Add(0);
        _isReplaced.Add(false);
        if (_placeOf.TryGetValue(item, out var earlier))
        {
            _isReplaced[earlier] = true;
        }

        _placeOf[item] = place;
        foreach (var key in entry.Keys)
        {
            ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(_byKey, key, out _);
            (places ??= []).Add(place);
        }

        for (var band = 0; band < MinHash.Bands; band++)
        {
            if (entry.Signature.Length > 0)
            {
                _bands[band].Add(MinHash.Band(entry.Signature, band));
            }
            else
            {
                _bands[band].Skip();
            }
        }
    }

    /// <summary>Lets go what was filed before a time. What is let go is no longer found at once; its memory is given back when half of all is gone.</summary>
    public void Expire(DateTimeOffset before)
    {
        while (_expired < _entries.Count && _entries[_expired].Filed < before)
        {
            var item = _entries[_expired].Item!.Value;
            _ = _placeOf.TryGetValue(item, out var place) && place == _expired && _placeOf.Remove(item);
            _expired++;
        }

        if (_expired > 1000 && _expired > _entries.Count / 2)
        {
            Rebuild(_entries[_expired..]);
        }
    }

    /// <summary>The entries most like the given one, at most so many, the likest first, of equals the newest.</summary>
    public IReadOnlyList<IndexEntry> Candidates(IndexEntry of, int most)
    {
        var met = Meet(of);
        var alike = new PriorityQueue<IndexEntry, (double Estimate, int Keys, long Number)>(most + 1);
        foreach (var place in met)
        {
            var (bands, keys) = (_bandsMet[place], _keysMet[place]);
            _bandsMet[place] = _keysMet[place] = 0;
            if (_isReplaced[place] || (met.Count > Crowd && keys == 0 && bands == 1))
            {
                continue;
            }

            var entry = _entries[place];
            var estimate = of.Signature.Length == 0 || entry.Signature.Length == 0 ? 0 : MinHash.Estimate(of.Signature, entry.Signature);
            if ((keys > 0 || estimate >= LeastEstimate) && entry.Item != of.Item)
            {
                alike.Enqueue(entry, (estimate, keys, entry.Number));
                _ = alike.Count > most ? alike.Dequeue() : null;
            }
        }

        var likest = new IndexEntry[alike.Count];
        for (var i = likest.Length - 1; i >= 0; i--)
        {
            likest[i] = alike.Dequeue();
        }

        return likest;
    }

    /// <summary>The places of entries that share a key or a band, each once; how often stands in <see cref="_bandsMet"/> and <see cref="_keysMet"/>.</summary>
    private List<int> Meet(IndexEntry of)
    {
        var met = new List<int>();
        for (var band = 0; band < (of.Signature.Length == 0 ? 0 : MinHash.Bands); band++)
        {
            _bands[band].Count(MinHash.Band(of.Signature, band), _expired, CollectionsMarshal.AsSpan(_bandsMet), met);
        }

        foreach (var place in of.Keys.SelectMany(key => _byKey.GetValueOrDefault(key) ?? []).Where(place => place >= _expired))
        {
            if (_bandsMet[place] + _keysMet[place] == 0)
            {
                met.Add(place);
            }

            _keysMet[place] += (byte)(_keysMet[place] < byte.MaxValue ? 1 : 0);
        }

        return met;
    }

    private void Rebuild(List<IndexEntry> entries)
    {
        _entries.Clear();
        _placeOf.Clear();
        _byKey.Clear();
        _bandsMet.Clear();
        _keysMet.Clear();
        _isReplaced.Clear();
        Array.ForEach(_bands, band => band.Clear());
        _expired = 0;
        entries.ForEach(Add);
    }
}
