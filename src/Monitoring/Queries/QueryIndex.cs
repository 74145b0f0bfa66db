using System.Diagnostics;
using Monitoring.Languages;

namespace Monitoring.Queries;

/// <summary>
/// Many queries, asked of an item in one pass. All words of all queries are looked for together; each query is filed under the rarest words of which an item
/// must hold one, and only queries of which one is there are evaluated. Immutable.
/// </summary>
public sealed class QueryIndex
{
    /// <summary>Of one query in one item.</summary>
    public const int MostHits = 1000;

    private readonly Condition[] _conditions;
    private readonly TermIndex _terms;
    private readonly int[][] _filedUnderTerm;
    private readonly Dictionary<Query.Field, List<int>> _filedUnderFound;

    private QueryIndex(Condition[] conditions, TermIndex terms, int[][] filedUnderTerm, Dictionary<Query.Field, List<int>> filedUnderFound)
    {
        (_conditions, _terms, _filedUnderTerm, _filedUnderFound) = (conditions, terms, filedUnderTerm, filedUnderFound);
    }

    /// <summary>A query's number is its position here.</summary>
    /// <exception cref="ArgumentException">A query may hold for an item in which nothing is found; the parser gives none such.</exception>
    public static QueryIndex Compile(IEnumerable<Query> queries)
    {
        var compiler = new Compiler();
        Condition[] conditions = [.. queries.Select(compiler.Take)];
        return compiler.Build(conditions);
    }

    /// <summary>The queries that hold, by their numbers.</summary>
    /// <param name="now">From which <c>since:7d</c> counts back.</param>
    public IReadOnlyList<QueryMatch> Find(QueryDocument document, DateTimeOffset now)
    {
        var read = new ReadDocument(document, _terms, now);
        var matches = new List<QueryMatch>();
        var all = new Scope(0, document.Text.Tokens.Count);
        var last = -1;
        foreach (var query in Candidates(read))
        {
            if (query == last)
            {
                continue;
            }

            last = query;
            if (_conditions[query].Holds(read, all))
            {
                var hits = new HitList(document.Text);
                _conditions[query].Collect(read, all, hits);
                matches.Add(hits.Of(query));
            }
        }

        return matches;
    }

    /// <summary>By their numbers; a query that is filed under several words may be given several times.</summary>
    private List<int> Candidates(ReadDocument read)
    {
        var candidates = new List<int>();
        foreach (var term in read.Terms)
        {
            candidates.AddRange(_filedUnderTerm[term]);
        }

        foreach (var key in _filedUnderFound.Count == 0 ? [] : read.Document.Found.SelectMany(FoundCondition.KeysOf).Distinct())
        {
            candidates.AddRange(_filedUnderFound.GetValueOrDefault(key) ?? []);
        }

        candidates.Sort();
        return candidates;
    }

    private sealed class Compiler
    {
        private readonly TermIndex.Builder _terms = new();
        private readonly Dictionary<string, PhraseCondition> _phrases = new(StringComparer.Ordinal);
        private readonly Dictionary<int, List<int>> _filedUnderTerm = [];
        private readonly Dictionary<Query.Field, List<int>> _filedUnderFound = [];

        public Condition Take(Query query, int number)
        {
            var needs = QueryNeeds.Of(query) ?? throw new ArgumentException($"Nothing need be found for '{query}'.", nameof(query));
            foreach (var need in needs.Words.Select(need => _terms.Add(need.Term)).Distinct())
            {
                File(_filedUnderTerm, need, number);
            }

            foreach (var need in needs.Found.Distinct())
            {
                File(_filedUnderFound, need, number);
            }

            return Condition(query);
        }

        public QueryIndex Build(Condition[] conditions)
        {
            var terms = _terms.Build();
            var filed = new int[terms.Count][];
            for (var term = 0; term < filed.Length; term++)
            {
                filed[term] = _filedUnderTerm.TryGetValue(term, out var queries) ? [.. queries] : [];
            }

            return new QueryIndex(conditions, terms, filed, _filedUnderFound);
        }

        private static void File<T>(Dictionary<T, List<int>> filed, T under, int number)
            where T : notnull
        {
            if (!filed.TryGetValue(under, out var queries))
            {
                filed.Add(under, queries = []);
            }

            queries.Add(number);
        }

        private Condition Condition(Query query) => query switch
        {
            Query.Phrase phrase => Phrase(phrase),
            Query.AnyOf when query.Parts.All(part => part is Query.Phrase) => Placed(query),
            Query.AllOf => new AllCondition([.. query.Parts.Select(Condition)]),
            Query.AnyOf => new AnyCondition([.. query.Parts.Select(Condition)]),
            Query.Except except => new ExceptCondition(Condition(except.Part)),
            Query.Within within => new WithinCondition(within.IsTitle, Condition(within.Part)),
            Query.Near near => new NearCondition(Placed(near.Left), Placed(near.Right), near.Distance),
            Query.Sentence => new SentenceCondition([.. query.Parts.Select(Placed)]),
            Query.Field { Name: QueryField.Person or QueryField.Outlet or QueryField.Type } field => new FoundCondition(field),
            Query.Field field => new OriginCondition(field),
            Query.SinceDay since => new SinceCondition(_ => new DateTimeOffset(since.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)),
            Query.SinceDays since => new SinceCondition(now => now.AddDays(-since.Days)),
            _ => throw new UnreachableException(),
        };

        private PlacedCondition Placed(Query query) => query is Query.Phrase phrase ? Phrase(phrase) : new AnyPhraseCondition([.. query.Parts.Cast<Query.Phrase>().Select(Phrase)]);

        /// <summary>Equal phrases of all queries are one.</summary>
        private PhraseCondition Phrase(Query.Phrase phrase)
        {
            var part = phrase.ToString();
            if (!_phrases.TryGetValue(part, out var condition))
            {
                int[] terms = [.. phrase.Words.Select(word => _terms.Add(QueryWordNeed.TermOf(word, phrase.IsAnyForm)))];
                _phrases.Add(part, condition = new PhraseCondition(terms, [.. phrase.Words.Select(word => word.AfterMark)], part));
            }

            return condition;
        }
    }
}
