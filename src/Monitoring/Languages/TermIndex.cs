namespace Monitoring.Languages;

/// <summary>
/// Many words, found in one pass over a text: each prefix of a word is looked up in one table of stems, behind a filter that turns most away. Immutable.
/// </summary>
public sealed class TermIndex
{
    private const ulong HashStart = 14695981039346656037;
    private const ulong HashFactor = 1099511628211;

    private readonly Dictionary<ulong, Entry[]> _stems;
    private readonly ulong[] _filter;
    private readonly int _longest;

    private TermIndex(Dictionary<ulong, List<Entry>> stems, int count)
    {
        Count = count;
        _stems = stems.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
        _longest = stems.Values.SelectMany(entries => entries).Select(entry => entry.Stem.Length).DefaultIfEmpty(0).Max();

        // 32 bits for each stem: one word in 32 is looked up in vain.
        _filter = new ulong[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, stems.Count / 2))];
        foreach (var hash in stems.Keys)
        {
            _filter[Place(hash)] |= Bit(hash);
        }
    }

    /// <summary>How many different terms there are; their ids are below it.</summary>
    public int Count { get; }

    /// <summary>Adds to <paramref name="hits"/> every term at every token it stands at, in the order of the text.</summary>
    public void Find(TokenizedText text, List<TermHit> hits)
    {
        for (var token = 0; token < text.Count; token++)
        {
            var word = text[token];
            var (hash, first) = (HashStart, hits.Count);
            var longest = Math.Min(word.Length, _longest);
            for (var length = 1; length <= longest; length++)
            {
                hash = Next(hash, word[length - 1]);
                if ((_filter[Place(hash)] & Bit(hash)) != 0 && _stems.TryGetValue(hash, out var entries))
                {
                    Compare(word, length, entries, token, hits, first);
                }
            }
        }
    }

    private static void Compare(ReadOnlySpan<char> word, int length, Entry[] entries, int token, List<TermHit> hits, int first)
    {
        foreach (var entry in entries)
        {
            if (entry.Endings.Accept(word[length..]) && word[..length].SequenceEqual(entry.Stem) && !IsThere(hits, first, entry.Id))
            {
                hits.Add(new TermHit(token, entry.Id));
            }
        }
    }

    /// <summary>A word may be two forms of one term.</summary>
    private static bool IsThere(List<TermHit> hits, int first, int id)
    {
        for (var i = first; i < hits.Count; i++)
        {
            if (hits[i].Id == id)
            {
                return true;
            }
        }

        return false;
    }

    private static ulong Next(ulong hash, char c) => unchecked((hash ^ c) * HashFactor);

    private int Place(ulong hash) => (int)((hash >> 20) & (ulong)(_filter.Length - 1));

    private static ulong Bit(ulong hash) => 1ul << (int)((hash ^ (hash >> 47)) & 63);

    private readonly record struct Entry(string Stem, WordEndings Endings, int Id);

    /// <summary>Collects the terms of an index; equal ones share an id.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<Term, int> _ids = [];
        private readonly Dictionary<ulong, List<Entry>> _stems = [];

        /// <returns>The term's id.</returns>
        public int Add(Term term)
        {
            if (_ids.TryGetValue(term, out var known))
            {
                return known;
            }

            var id = _ids.Count;
            _ids.Add(term, id);
            foreach (var stem in term.Kind switch
            {
                TermKind.Exact => [new InflectedStem(term.Word, WordEndings.None)],
                TermKind.Prefix => [new InflectedStem(term.Word, WordEndings.Any)],
                _ => Inflection.Of(term.Word, term.Language),
            })
            {
                Add(stem, id);
            }

            return id;
        }

        public TermIndex Build() => new(_stems, _ids.Count);

        private void Add(InflectedStem stem, int id)
        {
            var hash = HashStart;
            foreach (var c in stem.Stem)
            {
                hash = Next(hash, c);
            }

            if (!_stems.TryGetValue(hash, out var entries))
            {
                _stems.Add(hash, entries = []);
            }

            entries.Add(new Entry(stem.Stem, stem.Endings, id));
        }
    }
}
