namespace Monitoring.Watchlist;

/// <summary>All active entries of one version of the list. Immutable; swapped as a whole.</summary>
public sealed class WatchlistSnapshot
{
    private readonly Dictionary<(EntryKind, string), Entry> _byId;
    private readonly Dictionary<string, Outlet> _outletsByName;

    public WatchlistSnapshot(string version, IEnumerable<Entry> entries)
    {
        Version = version;
        _byId = entries.ToDictionary(entry => (entry.Kind, entry.Id));
        Persons = Of<Person>();
        Outlets = Of<Outlet>();
        Topics = Of<Topic>();
        Sources = Of<Source>();
        Sites = Of<Site>();
        Vantages = Of<Vantage>();
        Recipients = Of<Recipient>();
        _outletsByName = Outlets.DistinctBy(outlet => outlet.Name).ToDictionary(outlet => outlet.Name, StringComparer.Ordinal);
    }

    /// <summary>Changes with every change of the list; stored with what was computed from it.</summary>
    public string Version { get; }

    public IReadOnlyList<Person> Persons { get; }

    public IReadOnlyList<Outlet> Outlets { get; }

    public IReadOnlyList<Topic> Topics { get; }

    /// <summary>Feeds and pages.</summary>
    public IReadOnlyList<Source> Sources { get; }

    public IReadOnlyList<Site> Sites { get; }

    public IReadOnlyList<Vantage> Vantages { get; }

    public IReadOnlyList<Recipient> Recipients { get; }

    public T? Find<T>(EntryKind kind, string id) where T : Entry => _byId.GetValueOrDefault((kind, id)) as T;

    public Source? FindSource(string id) => Find<Source>(EntryKind.Feed, id) ?? Find<Source>(EntryKind.Page, id);

    /// <summary>The outlet a source or site refers to, by id or by name.</summary>
    public Outlet? FindOutlet(string? reference) =>
        reference is null ? null : Find<Outlet>(EntryKind.Outlet, reference) ?? _outletsByName.GetValueOrDefault(reference);

    /// <summary>The vantage a source is read through, by id or by name.</summary>
    public Vantage? FindVantage(string reference) =>
        Find<Vantage>(EntryKind.Vantage, reference) ?? Vantages.FirstOrDefault(vantage => string.Equals(vantage.Name, reference, StringComparison.Ordinal));

    /// <summary>The entries of a kind, by name.</summary>
    public IReadOnlyList<Entry> Of(EntryKind kind) => [.. Of<Entry>().Where(entry => entry.Kind == kind)];

    private List<T> Of<T>() where T : Entry => [.. _byId.Values.OfType<T>().OrderBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => entry.Id, StringComparer.Ordinal)];
}
