using Monitoring.Names;
using Monitoring.Queries;
using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <summary>The matchers of one version of the watch list.</summary>
public sealed class CompiledList
{
    private readonly NameMatcher _names;
    private readonly TopicMatcher _topics;

    public CompiledList(WatchlistSnapshot list)
    {
        List = list;
        UnderstoodBy = UnderstoodByOf(list.Version);
        _names = NameMatcher.Compile(list.Persons, list.Outlets);
        _topics = TopicMatcher.Compile(list.Topics);
    }

    public WatchlistSnapshot List { get; }

    /// <summary>Names rules and list, stored with what they found.</summary>
    public string UnderstoodBy { get; }

    /// <summary><see cref="UnderstoodBy"/> of the present rules and a version of the list, without compiling it.</summary>
    public static string UnderstoodByOf(string listVersion) => $"{NameMatcher.RulesVersion}+{TopicMatcher.RulesVersion}+list-{listVersion}";

    /// <summary>All listed names and keywords in a text, in its order. What is only a candidate is nothing to flag, to store or to tell, and left out.</summary>
    public IReadOnlyList<Finding> Find(string text) => [.. FindWithCandidates(text).Where(finding => finding.Band is not Band.Candidate)];

    /// <summary>Candidates too: for those who try a text.</summary>
    public IReadOnlyList<Finding> FindWithCandidates(string text)
    {
        var names = _names.Find(text).Select(mention => new Finding(
            mention.Kind is SubjectKind.Person ? FindingKind.Person : FindingKind.Outlet,
            mention.SubjectId, mention.ListedName, mention.Start, mention.Length, mention.Surface, mention.Reasons)
        {
            Band = mention.Band,
            Score = mention.Score,
        });
        var topics = _topics.Find(text).Select(hit => new Finding(FindingKind.Topic, hit.TopicId, hit.TopicName, hit.Start, hit.Length, hit.Surface, hit.Reasons));
        return [.. names.Concat(topics).OrderBy(finding => finding.Start).ThenBy(finding => finding.Kind)];
    }

    public Severity SeverityOf(string topicId) => List.Find<Topic>(EntryKind.Topic, topicId)?.Severity ?? Severity.Info;
}

/// <summary>Compiles the list once per version.</summary>
public sealed class ListCompiler(WatchlistReader watchlist)
{
    private readonly MadeOfList<CompiledList> _compiled = new(watchlist, list => new CompiledList(list));

    public Task<CompiledList> GetAsync(CancellationToken cancellationToken) => _compiled.GetAsync(cancellationToken);
}
