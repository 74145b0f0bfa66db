using Monitoring.Languages;
using Monitoring.Names;
using Monitoring.Queries;
using Monitoring.Violations;
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
    public static string UnderstoodByOf(string listVersion) => $"{NameMatcher.RulesVersion}+{TopicMatcher.RulesVersion}+{ViolationFinder.RulesVersion}+list-{listVersion}";

    /// <summary>All listed names, topics and reported acts in a text, in its order. What is only a candidate is nothing to flag, to store or to tell, and left out.</summary>
    public IReadOnlyList<Finding> Find(string text) => Find(QueryDocument.OfText(text), now: default, ownOutletId: null);

    /// <inheritdoc cref="Find(string)"/>
    /// <param name="document">Without what is found in it.</param>
    /// <param name="now">From which a query counts days back.</param>
    /// <param name="ownOutletId">Who publishes the text: what it says of itself is no act against it.</param>
    public IReadOnlyList<Finding> Find(QueryDocument document, DateTimeOffset now, string? ownOutletId) =>
        [.. FindWithCandidates(document, now, ownOutletId).Where(finding => finding.Band is not Band.Candidate)];

    /// <summary>Candidates too: for those who try a text.</summary>
    public IReadOnlyList<Finding> FindWithCandidates(string text) => FindWithCandidates(QueryDocument.OfText(text), now: default, ownOutletId: null);

    private List<Finding> FindWithCandidates(QueryDocument document, DateTimeOffset now, string? ownOutletId)
    {
        var found = FindNames(document);
        found.AddRange(FindActs(document.Text, found, ownOutletId));
        var topics = _topics.Find(With(document, found), now)
            .Select(hit => new Finding(FindingKind.Topic, hit.TopicId, hit.TopicName, hit.Start, hit.Length, hit.Surface, hit.Reasons));
        return [.. found.Concat(topics).OrderBy(finding => finding.Start).ThenBy(finding => finding.Kind)];
    }

    /// <summary>The document with the listed persons and outlets and the acts that are found in it.</summary>
    public QueryDocument WithFound(QueryDocument document)
    {
        var names = FindNames(document);
        return With(document, names.Concat(FindActs(document.Text, names, ownOutletId: null)));
    }

    private List<Finding> FindNames(QueryDocument document) =>
    [
        .. _names.Find(document.Text.Text).Select(mention => new Finding(
            mention.Kind is SubjectKind.Person ? FindingKind.Person : FindingKind.Outlet,
            mention.SubjectId, mention.ListedName, mention.Start, mention.Length, mention.Surface, mention.Reasons)
        {
            Band = mention.Band,
            Score = mention.Score,
        }),
    ];

    private static IEnumerable<Finding> FindActs(TokenizedText text, IEnumerable<Finding> names, string? ownOutletId)
    {
        var listed = names.Where(name => name.Band is not Band.Candidate && name.SubjectId != ownOutletId).Select(name => name.Mark);
        return ViolationFinder.Find(text, listed).Where(violation => violation.Type.Code != ViolationType.Context).Select(violation => Act(text.Text, violation));
    }

    private static QueryDocument With(QueryDocument document, IEnumerable<Finding> found) => document with
    {
        Found = [.. found.Where(one => one.Band is not Band.Candidate).Select(one => new FoundInItem(FieldOf(one.Kind), one.SubjectId, one.Name, one.Start, one.Length))],
    };

    private static QueryField FieldOf(FindingKind kind) => kind switch
    {
        FindingKind.Person => QueryField.Person,
        FindingKind.Outlet => QueryField.Outlet,
        _ => QueryField.Type,
    };

    /// <summary>How much a topic or a kind of act matters.</summary>
    public Severity SeverityOf(Finding finding) => finding.Kind is FindingKind.Violation
        ? ActSeverity.Of(finding.SubjectId)
        : List.Find<Topic>(EntryKind.Topic, finding.SubjectId)?.Severity ?? Severity.Info;

    private static Finding Act(string text, Violation violation) => new(
        FindingKind.Violation, violation.Type.Code, violation.Type.Code, violation.Cue.Start, violation.Cue.Length, text.Substring(violation.Cue.Start, violation.Cue.Length), violation.Reasons)
    {
        Score = (int)Math.Round(100 * violation.Score),
        Status = violation.Status,
        Victim = violation.Victim,
        Actor = violation.Actor,
    };
}

/// <summary>Compiles the list once per version.</summary>
public sealed class ListCompiler(WatchlistReader watchlist)
{
    private readonly MadeOfList<CompiledList> _compiled = new(watchlist, list => new CompiledList(list));

    public Task<CompiledList> GetAsync(CancellationToken cancellationToken) => _compiled.GetAsync(cancellationToken);
}
