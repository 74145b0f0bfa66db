using System.Globalization;
using Monitoring.Storage;

namespace Monitoring.Watchlist.Files;

/// <param name="Counts">Readable entries by kind.</param>
/// <param name="Problems">At most <see cref="WatchlistCheck.MaxProblems"/>, in the order of lines.</param>
public sealed record CheckResult(IReadOnlyDictionary<EntryKind, int> Counts, IReadOnlyList<Problem> Problems, int MoreProblems)
{
    public bool IsGood => Problems.Count == 0;
}

/// <summary>Checks a whole file: every entry, and what entries say about each other. Remembers names and ids of entries, not the entries.</summary>
public sealed class WatchlistCheck
{
    public const int MaxProblems = 100;

    private readonly string _file;
    private readonly Func<Entry, IEnumerable<(string Field, string Message)>>? _rules;
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<EntryKind, int> _counts = EntryForm.All.ToDictionary(form => form.Kind, _ => 0);
    private readonly Dictionary<(EntryKind, string), int> _ids = [];
    private readonly Dictionary<(EntryKind, string), (int Line, bool HasId)> _identities = [];
    private readonly HashSet<string> _outlets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _subjects = new(StringComparer.Ordinal);
    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _vantages = new(StringComparer.Ordinal);
    private readonly List<(int Line, string Path, string Reference, HashSet<string> Known, string What)> _references = [];
    private string _whole = "file";
    private int _more;
    private int _directVantages;

    private WatchlistCheck(string file, Func<Entry, IEnumerable<(string Field, string Message)>>? rules)
    {
        (_file, _rules) = (file, rules);
    }

    /// <param name="rules">What other rooms find wrong with an entry.</param>
    public static CheckResult Check(TextReader text, string file, Func<Entry, IEnumerable<(string Field, string Message)>>? rules = null)
    {
        var check = new WatchlistCheck(file, rules);
        var isPart = WatchlistFile.IsOpml(text);
        foreach (var entry in WatchlistFile.Read(text, file, check.Add))
        {
            check.Take(entry);
        }

        if (!isPart)
        {
            check.Finish();
        }

        return new CheckResult(check._counts, [.. check._problems.OrderBy(problem => problem.Line)], check._more);
    }

    /// <summary>Checks the fields of one entry that is to stand in a list, as if they stood in the list's own file. Null if they are no entry.</summary>
    /// <param name="id">Of the entry; what the list holds under it is not compared with.</param>
    internal static (Entry? Entry, IReadOnlyList<Problem> Problems) CheckOne(
        EntryKind kind, Node.Map fields, string id, WatchlistSnapshot list, Func<Entry, IEnumerable<(string Field, string Message)>>? rules = null)
    {
        const string Page = "page";
        var check = new WatchlistCheck(Page, rules) { _whole = "list" };
        foreach (var other in Enum.GetValues<EntryKind>().SelectMany(list.Of).Where(other => other.Kind != kind || other.Id != id))
        {
            check.Know(other);
        }

        var path = EntryRow.Partition(kind);
        var entry = EntryForm.Of(kind).Read(new FieldReader(fields, path, (node, at, message) => check.Add(new Problem(Page, node.Line, at, message))), id, country: null);
        if (check._problems.Count == 0)
        {
            check.Take(new FileEntry(entry, fields.Line, path));
            check.LookUpReferences();
        }

        return (check._problems.Count == 0 ? entry : null, check._problems);
    }

    private void Take(FileEntry read)
    {
        var entry = read.Entry;
        _counts[entry.Kind]++;
        CheckUnique(read);
        CheckSize(read);
        foreach (var (field, message) in _rules?.Invoke(entry) ?? [])
        {
            Add(read, field, message);
        }

        switch (entry)
        {
            case Source source:
                Refer(read, "outlet", source.Outlet, _outlets, "outlet");
                Refer(read, "via", source.Via, _vantages, "vantage");
                break;
            case Site site:
                Refer(read, "outlet", site.Outlet, _outlets, "outlet");
                break;
            case Recipient recipient:
                ReferToChosen(read, recipient);
                break;
            case Vantage vantage:
                CheckVantage(read, vantage);
                break;
            default:
                break;
        }

        Know(entry);
    }

    /// <summary>An entry that others may refer to.</summary>
    private void Know(Entry entry)
    {
        if (entry.Kind is EntryKind.Outlet or EntryKind.Vantage)
        {
            (entry.Kind is EntryKind.Outlet ? _outlets : _vantages).UnionWith([entry.Id, entry.Name]);
        }

        if (entry.Kind is EntryKind.Person or EntryKind.Outlet or EntryKind.Topic or EntryKind.Site)
        {
            _subjects.UnionWith([entry.Id, entry.Name]);
        }

        if (entry.Kind is EntryKind.Person or EntryKind.Outlet)
        {
            _followed.UnionWith([entry.Id, entry.Name]);
        }
    }

    private void ReferToChosen(FileEntry read, Recipient recipient)
    {
        const string Any = "person, outlet, topic or site";
        ReferAll(read, "only", recipient.Only, _subjects, Any);
        ReferAll(read, "follow", recipient.Follow, _followed, "person or outlet");
        foreach (var (index, rule) in recipient.Rules.Index())
        {
            ReferAll(read, TellingRulesField.At(index, "subjects"), rule.Subjects, _subjects, Any);
        }
    }

    private void ReferAll(FileEntry read, string field, IReadOnlyList<string> references, HashSet<string> known, string what)
    {
        foreach (var reference in references)
        {
            Refer(read, field, reference, known, what);
        }
    }

    /// <summary>To be looked up when the whole file is known.</summary>
    private void Refer(FileEntry read, string field, string? reference, HashSet<string> known, string what)
    {
        if (reference is not null)
        {
            _references.Add((read.Line, $"{read.Path}.{field}", reference, known, what));
        }
    }

    private void CheckUnique(FileEntry read)
    {
        var entry = read.Entry;
        if (entry.Id.Length > 0 && !_ids.TryAdd((entry.Kind, entry.Id), read.Line))
        {
            Add(read, "id", string.Create(CultureInfo.InvariantCulture, $"stands in line {_ids[(entry.Kind, entry.Id)]} too"));
        }

        var identity = (entry.Kind, EntryForm.Of(entry.Kind).Identity(entry));
        if (_identities.TryGetValue(identity, out var other) && !(other.HasId && entry.Id.Length > 0))
        {
            // Two namesakes may both be watched, but only ids can tell them apart in the next import.
            Add(read, "name", string.Create(CultureInfo.InvariantCulture, $"is the same as in line {other.Line}; remove one, or give both an id"));
        }

        _identities.TryAdd(identity, (read.Line, entry.Id.Length > 0));
    }

    private void CheckSize(FileEntry read)
    {
        try
        {
            StorageLimits.Check("WatchList", EntryRow.Write(read.Entry with { Id = "0000" }));
        }
        catch (StorageLimitException limit)
        {
            Add(read, limit.Property?.ToLowerInvariant() ?? "entry", $"is too large: {limit.Limit}");
        }
    }

    private void CheckVantage(FileEntry read, Vantage vantage)
    {
        if (vantage.Via == VantageKind.Direct)
        {
            _directVantages++;
            if (vantage.Proxy is not null)
            {
                Add(read, "proxy", "a direct vantage has no proxy; use 'via: proxy'");
            }
        }
    }

    private void Finish()
    {
        LookUpReferences();
        if (_counts[EntryKind.Site] > 0 && _directVantages != 1 && _problems.Count == 0)
        {
            Add(new Problem(_file, 1, "vantages", string.Create(CultureInfo.InvariantCulture, $"exactly one vantage with 'via: direct' is expected, the control for all others; {_directVantages} were found")));
        }
    }

    private void LookUpReferences()
    {
        foreach (var (line, path, reference, known, what) in _references)
        {
            if (!known.Contains(reference))
            {
                // Comparing with all names is slow: not for problems that are only counted.
                var suggestion = _problems.Count < MaxProblems ? Suggestion.For(reference, known) : "";
                Add(new Problem(_file, line, path, $"no {what} of this {_whole} has the id or name '{reference}'{suggestion}"));
            }
        }
    }

    private void Add(FileEntry entry, string field, string message) => Add(new Problem(_file, entry.Line, $"{entry.Path}.{field}", message));

    private void Add(Problem problem)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(problem);
        }
        else
        {
            _more++;
        }
    }
}
