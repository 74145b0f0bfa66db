using Monitoring.Languages;

namespace Monitoring.Queries;

/// <summary>The hits of one query in one document, up to a limit.</summary>
internal sealed class HitList(TokenizedText text)
{
    private readonly HashSet<(int Start, int Length, string Part)> _hits = [];

    public bool IsFull { get; private set; }

    public void Add(Place place, string part)
    {
        var (start, length) = text.Origin(place.First, place.Last);
        Add(start, length, part);
    }

    public void Add(int start, int length, string part)
    {
        if (_hits.Count < QueryIndex.MostHits)
        {
            _hits.Add((start, length, part));
        }
        else
        {
            IsFull |= !_hits.Contains((start, length, part));
        }
    }

    public QueryMatch Of(int query) => new(
        query,
        [.. _hits.OrderBy(hit => hit.Start).ThenBy(hit => hit.Length).ThenBy(hit => hit.Part, StringComparer.Ordinal)
            .Select(hit => new QueryHit(hit.Start, hit.Length, text.Text.Substring(hit.Start, hit.Length), hit.Part))],
        IsFull);
}
