using Monitoring.Languages;
using Monitoring.Watchlist;

namespace Monitoring.Queries;

/// <summary>A topic's keyword, found at one place of a text.</summary>
public sealed record TopicHit(string TopicId, string TopicName, Severity Severity, int Start, int Length, string Surface, IReadOnlyList<Reason> Reasons);

/// <summary>Finds the keywords of the list's topics in a text. Immutable. Knows words and phrases with simple endings, and prefixes (<c>арест*</c>).</summary>
public sealed class TopicMatcher
{
    /// <summary>Stored with every flag; raised when the rules change.</summary>
    public const string RulesVersion = "topics-1";

    private readonly List<(Topic Topic, string Keyword)> _keywords;
    private readonly PhraseIndex _index;

    private TopicMatcher(IEnumerable<Topic> topics)
    {
        _keywords = [.. topics.SelectMany(topic => topic.Keywords.Select(keyword => (topic, keyword)))];
        _index = new PhraseIndex(_keywords.Select(pair => pair.Keyword));
    }

    public static TopicMatcher Compile(IEnumerable<Topic> topics) => new(topics);

    /// <summary>All hits in the order of the text.</summary>
    public IReadOnlyList<TopicHit> Find(string text) => [.. _index.Find(text).OrderBy(hit => hit.Start).Select(hit => Explain(text, hit))];

    private TopicHit Explain(string text, PhraseHit hit)
    {
        var (topic, keyword) = _keywords[hit.Phrase];
        return new TopicHit(
            topic.Id, topic.Name, topic.Severity, hit.Start, hit.Length, text.Substring(hit.Start, hit.Length), [Reason.Of("reason.keyword", keyword, topic.Name), .. hit.Endings]);
    }
}
