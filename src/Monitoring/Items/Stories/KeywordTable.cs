using Monitoring.Languages;
using Monitoring.Queries;
using Monitoring.Watchlist;

namespace Monitoring.Items.Stories;

/// <summary>A table of words found in a text as keywords of topics are: a word in its forms, a phrase, a prefix.</summary>
internal sealed class KeywordTable(IEnumerable<(string Id, string[] Words)> rows)
{
    private readonly TopicMatcher _words = TopicMatcher.Compile(rows.Select(row => new Topic { Id = row.Id, Name = row.Id, Keywords = row.Words }));

    /// <summary>In the order of the text.</summary>
    public IEnumerable<NamedSource> Find(TokenizedText text) => _words.Find(new QueryDocument(text, TitleLength: 0), now: default).Select(hit => new NamedSource(hit.TopicId, hit.Start, hit.Length));
}
