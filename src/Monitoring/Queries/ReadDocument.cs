using Monitoring.Languages;

namespace Monitoring.Queries;

/// <summary>A document while the queries are evaluated: where each term stands in it.</summary>
internal sealed class ReadDocument
{
    private readonly int[] _ends;
    private readonly int[] _tokens;
    private readonly Dictionary<PhraseCondition, Place[]> _places = [];

    public ReadDocument(QueryDocument document, TermIndex index, DateTimeOffset now)
    {
        (Document, Now) = (document, now);
        var hits = new List<TermHit>();
        index.Find(document.Text, hits);

        // Sorted by counting: where a term's tokens begin is where the term before ends.
        _ends = new int[index.Count + 1];
        foreach (var hit in hits)
        {
            if (_ends[hit.Id + 1]++ == 0)
            {
                Terms.Add(hit.Id);
            }
        }

        for (var i = 1; i < _ends.Length; i++)
        {
            _ends[i] += _ends[i - 1];
        }

        _tokens = new int[hits.Count];
        foreach (var hit in hits)
        {
            _tokens[_ends[hit.Id]++] = hit.Token;
        }

        TitleTokens = CountTitle(document);
    }

    public QueryDocument Document { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Those found, each once.</summary>
    public List<int> Terms { get; } = [];

    public int TitleTokens { get; }

    public TokenizedText Text => Document.Text;

    /// <summary>Where a term stands, in the order of the text.</summary>
    public ReadOnlySpan<int> TokensOf(int term) => _tokens.AsSpan(term == 0 ? 0 : _ends[term - 1], _ends[term] - (term == 0 ? 0 : _ends[term - 1]));

    /// <summary>Where a phrase stands: found once, however many queries ask.</summary>
    public Place[] PlacesOf(PhraseCondition phrase)
    {
        if (!_places.TryGetValue(phrase, out var places))
        {
            _places.Add(phrase, places = phrase.Find(this));
        }

        return places;
    }

    private static int CountTitle(QueryDocument document)
    {
        var tokens = document.Text.Tokens;
        var (low, high) = (0, tokens.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = document.Text.Origin(middle, middle).Start < document.TitleLength ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
