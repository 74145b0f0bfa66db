using Monitoring.Languages;
using Monitoring.Watchlist;

namespace Monitoring.Names;

/// <summary>
/// Finds the listed persons and outlets in a text. Immutable: compiled from a list, swapped as a whole when the list changes. This engine knows the
/// listed spellings with simple Russian, Kazakh and English endings, and domains.
/// </summary>
public sealed class NameMatcher
{
    /// <summary>Stored with every mention and flag; raised when the rules change, so that old results can be recomputed.</summary>
    public const string RulesVersion = "names-2";

    private readonly List<(SubjectKind Kind, Entry Entry, string Spelling, string? Source)> _spellings = [];
    private readonly PersonFinder _persons;
    private readonly PhraseIndex _index;

    private NameMatcher(IEnumerable<Person> persons, IEnumerable<Outlet> outlets)
    {
        var styles = new List<(string, PhraseStyle)>();
        _persons = new PersonFinder(persons);
        foreach (var outlet in outlets)
        {
            Add(SubjectKind.Outlet, outlet, outlet.Aliases.Prepend(new Alias(outlet.Name, Source: null)), styles);
            foreach (var domain in outlet.Domains)
            {
                _spellings.Add((SubjectKind.Outlet, outlet, domain, "@reason.domain"));
                styles.Add((domain, PhraseStyle.Domain));
            }
        }

        _index = new PhraseIndex(styles);
    }

    public static NameMatcher Compile(IEnumerable<Person> persons, IEnumerable<Outlet> outlets) => new(persons, outlets);

    /// <summary>All mentions in the order of the text, candidates too. Of two mentions of one subject that overlap, the longer one is given.</summary>
    public IReadOnlyList<Mention> Find(string text) =>
    [
        .. _index.Find(text)
            .Select(hit => Judge(text, hit))
            .OfType<Mention>()
            .Concat(_persons.Find(text))
            .OrderBy(mention => mention.Start)
            .GroupBy(mention => (mention.Kind, mention.SubjectId))
            .SelectMany(Longest)
            .OrderBy(mention => mention.Start)
            .ThenByDescending(mention => mention.Length)
            .ThenBy(mention => mention.SubjectId, StringComparer.Ordinal),
    ];

    private static IEnumerable<Mention> Longest(IEnumerable<Mention> ofOneSubject)
    {
        Mention? last = null;
        foreach (var mention in ofOneSubject)
        {
            if (last is not null && mention.Start >= last.Start + last.Length)
            {
                yield return last;
                last = null;
            }

            last = last is null || mention.Length > last.Length ? mention : last;
        }

        if (last is not null)
        {
            yield return last;
        }
    }

    private void Add(SubjectKind kind, Entry entry, IEnumerable<Alias> aliases, List<(string, PhraseStyle)> styles)
    {
        foreach (var alias in aliases)
        {
            _spellings.Add((kind, entry, alias.Name, alias.Source));
            styles.Add((alias.Name, PhraseStyle.Words));
        }
    }

    private Mention? Judge(string text, PhraseHit hit)
    {
        var (kind, entry, spelling, source) = _spellings[hit.Phrase];
        var surface = text.Substring(hit.Start, hit.Length);

        // One word alone may be a common noun (Время, Мамай): it must be written as a name.
        var isOneWord = !spelling.Any(c => char.IsWhiteSpace(c) || c is '-' or '.');
        if (isOneWord && char.IsUpper(spelling.FirstOrDefault(char.IsLetterOrDigit)) && !char.IsUpper(surface[0]))
        {
            return null;
        }

        var reasons = hit.Endings.Prepend(source is null ? Reason.Of("reason.listed", spelling) : Reason.Of("reason.listed_source", spelling, source)).ToList();
        return new Mention(kind, entry.Id, entry.Name, hit.Start, hit.Length, surface, isOneWord ? Band.Probable : Band.Certain, reasons);
    }
}
