using Monitoring.Languages;
using Monitoring.Queries;

namespace Monitoring.Tests.Queries;

/// <summary>What a query means, written as plainly as possible: every token is compared with every word. Gives the places of hits; null: it does not hold.</summary>
internal sealed class NaiveQuery(QueryDocument document, DateTimeOffset now)
{
    private readonly TokenizedText _text = document.Text;
    private readonly Dictionary<(QueryWord, bool), HashSet<int>> _known = [];

    public IReadOnlyCollection<(int Start, int Length)>? Find(Query query) =>
        Places(query, _ => true) is { } places ? places.Select(place => place.First < 0 ? (0, 1) : _text.Origin(place.First, place.Last)).ToHashSet() : null;

    /// <summary>A field's hit is given as −1.</summary>
    private List<(int First, int Last)>? Places(Query query, Func<int, bool> isInScope)
    {
        switch (query)
        {
            case Query.AllOf:
                var all = query.Parts.Select(part => Places(part, isInScope)).ToList();
                return all.Contains(null) ? null : [.. all.SelectMany(places => places!)];
            case Query.AnyOf:
                var any = query.Parts.Select(part => Places(part, isInScope)).Where(places => places is not null).ToList();
                return any.Count == 0 ? null : [.. any.SelectMany(places => places!)];
            case Query.Except except:
                return Places(except.Part, isInScope) is null ? [] : null;
            case Query.Within within:
                return Places(within.Part, token => IsTitle(token) == within.IsTitle);
            case Query.Near near:
                var pairs = (from left in Of(near.Left, isInScope)
                             from right in Of(near.Right, isInScope)
                             let gap = right.First > left.Last ? right.First - left.Last : left.First - right.Last
                             where gap >= 1 && gap <= near.Distance && IsTitle(left.First) == IsTitle(right.First)
                             select (left, right)).ToList();
                return pairs.Count == 0 ? null : [.. pairs.SelectMany(pair => new[] { pair.left, pair.right })];
            case Query.Sentence:
                var sides = query.Parts.Select(part => Of(part, isInScope)).ToList();
                var together = sides.SelectMany(side => side).Where(place => sides.TrueForAll(side => side.Exists(other => SentenceOf(other) == SentenceOf(place)))).ToList();
                return together.Count == 0 ? null : together;
            case Query.Field { Name: QueryField.Lang } field:
                return field.Value == document.Language ? [] : null;
            case Query.Field { Name: QueryField.Source } field:
                return field.Value == "радио азаттык" ? [] : null;
            case Query.Field { Name: QueryField.Person }:
                return document.Found.Count > 0 ? [(-1, -1)] : null;
            case Query.Field:
                return null;
            case Query.SinceDay since:
                return DateOnly.FromDateTime(document.Published!.Value.UtcDateTime) >= since.Day ? [] : null;
            case Query.SinceDays since:
                return now - document.Published!.Value <= TimeSpan.FromDays(since.Days) ? [] : null;
            default:
                return Of(query, isInScope) is { Count: > 0 } found ? found : null;
        }
    }

    private List<(int First, int Last)> Of(Query side, Func<int, bool> isInScope) =>
        side is Query.Phrase phrase ? [.. PlacesOf(phrase).Where(place => isInScope(place.First))] : [.. side.Parts.SelectMany(part => Of(part, isInScope))];

    private IEnumerable<(int First, int Last)> PlacesOf(Query.Phrase phrase) =>
        from first in Enumerable.Range(0, _text.Tokens.Count)
        let last = first + phrase.Words.Count - 1
        where last < _text.Tokens.Count
            && Enumerable.Range(0, phrase.Words.Count).All(i => TokensOf(phrase, i).Contains(first + i) && (i == 0 || Follows(first + i, phrase.Words[i].AfterMark)))
        select (first, last);

    private HashSet<int> TokensOf(Query.Phrase phrase, int number)
    {
        var key = (phrase.Words[number] with { AfterMark = false }, phrase.IsAnyForm);
        if (!_known.TryGetValue(key, out var tokens))
        {
            var (word, isAnyForm) = key;
            var builder = new TermIndex.Builder();
            builder.Add(new Term(word.Text, word.IsPrefix ? TermKind.Prefix : isAnyForm ? TermKind.Inflected : TermKind.Exact));
            var hits = new List<TermHit>();
            builder.Build().Find(_text, hits);
            _known.Add(key, tokens = [.. hits.Select(hit => hit.Token)]);
        }

        return tokens;
    }

    private bool Follows(int token, bool afterMark)
    {
        var (start, length) = _text.Origin(token - 1, token);
        var between = _text.Text.Substring(start, length);
        return afterMark ? !between.Contains('\n', StringComparison.Ordinal) : !between.AsSpan().ContainsAny(",\n") && _text.Tokens[token].Sentence == _text.Tokens[token - 1].Sentence;
    }

    private bool IsTitle(int token) => _text.Origin(token, token).Start < document.TitleLength;

    private int SentenceOf((int First, int Last) place) => _text.Tokens[place.First].Sentence;
}
