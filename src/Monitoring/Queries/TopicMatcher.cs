using Monitoring.Languages;
using Monitoring.Watchlist;

namespace Monitoring.Queries;

/// <summary>A topic's keyword, or a part of its query, found at one place of an item.</summary>
public sealed record TopicHit(string TopicId, string TopicName, Severity Severity, int Start, int Length, string Surface, IReadOnlyList<Reason> Reasons);

/// <summary>
/// Finds the topics of the list in an item. A keyword is a word or phrase in any of its forms, or a prefix (<c>арест*</c>); of a query that holds each hit is
/// given. Immutable.
/// </summary>
public sealed class TopicMatcher
{
    /// <summary>Stored with every flag; raised when the rules change.</summary>
    public const string RulesVersion = "topics-2";

    private readonly List<(Topic Topic, string? Keyword)> _asked = [];
    private readonly QueryIndex _index;

    private TopicMatcher(IEnumerable<Topic> topics)
    {
        var queries = new List<Query>();
        foreach (var topic in topics)
        {
            foreach (var (keyword, query) in QueriesOf(topic))
            {
                _asked.Add((topic, keyword));
                queries.Add(query);
            }
        }

        _index = QueryIndex.Compile(queries);
    }

    /// <summary>What a topic asks: its keywords as queries, then its own query without a keyword.</summary>
    public static IEnumerable<(string? Keyword, Query Query)> QueriesOf(Topic topic)
    {
        foreach (var keyword in topic.Keywords)
        {
            if (Keyword(keyword) is { } phrase)
            {
                yield return (keyword, phrase);
            }
        }

        if (topic.Query is { } own && QueryParser.Parse(own).Query is { } query)
        {
            yield return (null, query);
        }
    }

    /// <summary>What cannot be read as a query finds nothing: <see cref="TopicRules"/> says so to those who keep the list.</summary>
    public static TopicMatcher Compile(IEnumerable<Topic> topics) => new(topics);

    /// <summary>All hits in the order of the text; of one keyword or query at most <see cref="QueryIndex.MostHits"/>.</summary>
    public IReadOnlyList<TopicHit> Find(QueryDocument document, DateTimeOffset now) =>
        [.. _index.Find(document, now).SelectMany(match => match.Hits.Select(hit => Explain(_asked[match.Query], hit))).OrderBy(hit => hit.Start)];

    private static TopicHit Explain((Topic Topic, string? Keyword) asked, QueryHit hit)
    {
        var (topic, keyword) = asked;
        var reason = keyword is null ? Reason.Of("reason.query", hit.Part, topic.Name) : Reason.Of("reason.keyword", keyword, topic.Name);
        return new TopicHit(topic.Id, topic.Name, topic.Severity, hit.Start, hit.Length, hit.Surface, [reason]);
    }

    /// <summary>Null for what has no letter, or a single one: it would be found everywhere.</summary>
    private static Query.Phrase? Keyword(string keyword)
    {
        var words = QueryWords.WordsOf(TokenizedText.Of(keyword));
        return words is [] or [{ Text.Length: < 2 }] ? null : new Query.Phrase(words, words.Exists(word => !word.IsPrefix));
    }
}
