namespace Monitoring.Names.Outlets;

/// <summary>Finds titles in a text by their longest words, in one pass that allocates nothing until it meets one. Immutable.</summary>
internal sealed class TitleScan
{
    private readonly StemTable _stems = new();
    private readonly Dictionary<string, List<int>> _foreign = new(StringComparer.Ordinal);
    private readonly List<ListedTitle> _titles = [];

    public TitleScan(IEnumerable<ListedTitle> titles)
    {
        foreach (var title in titles.Where(title => title.IsFindable))
        {
            if (title.Anchor.IsForeign)
            {
                if (!_foreign.TryGetValue(title.Anchor.Folded, out var numbers))
                {
                    _foreign.Add(title.Anchor.Folded, numbers = []);
                }

                numbers.Add(_titles.Count);
            }

            foreach (var stem in title.Anchor.Stems)
            {
                _stems.Add(stem.Skeleton, stem.Endings, _titles.Count);
            }

            _titles.Add(title);
        }

        _stems.Freeze();
    }

    public List<TitleHit> Find(string text)
    {
        var hits = new List<TitleHit>();
        Span<byte> signs = stackalloc byte[Signs.MostSigns];
        Span<byte> ends = stackalloc byte[Signs.MostSigns];
        for (var at = 0; _titles.Count > 0 && at < text.Length;)
        {
            if (!Signs.IsLetter(text[at]))
            {
                at++;
                continue;
            }

            var word = Word.At(text, at);
            at = word.End;
            var count = word.Length < 2 ? 0 : Signs.Write(word.In(text), signs, ends);
            if (count > 0)
            {
                Take(text, word, signs[..count], repaired: null, hits);
                if (word.IsMixed)
                {
                    TakeReadings(text, word, hits);
                }
            }
        }

        return hits;
    }

    private void Take(string text, Word word, ReadOnlySpan<byte> signs, string? repaired, List<TitleHit> hits)
    {
        if (signs.Contains(Signs.Other))
        {
            if (_foreign.Count > 0 && _foreign.TryGetValue(TitleWord.Fold(word.In(text)), out var numbers))
            {
                Add(text, word, numbers, repaired, hits);
            }
        }
        else if (_stems.MayBegin(signs))
        {
            Add(text, word, _stems.Find(signs.ToArray()).Select(stem => stem.Owner).Distinct(), repaired, hits);
        }
    }

    private void TakeReadings(string text, Word word, List<TitleHit> hits)
    {
        Span<byte> signs = stackalloc byte[Signs.MostSigns];
        Span<byte> ends = stackalloc byte[Signs.MostSigns];
        foreach (var reading in Homoglyphs.Readings(word.In(text).ToString()))
        {
            Take(text, word, signs[..Signs.Write(reading, signs, ends)], reading, hits);
        }
    }

    private void Add(string text, Word word, IEnumerable<int> titles, string? repaired, List<TitleHit> hits)
    {
        foreach (var number in titles)
        {
            if (_titles[number].Fit(text, word, repaired) is { } hit)
            {
                hits.Add(hit);
            }
        }
    }
}
