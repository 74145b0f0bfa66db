using Monitoring.Names.Outlets;
using Monitoring.Watchlist;

namespace Monitoring.Names;

/// <summary>
/// Finds the listed persons and outlets in a text. Immutable: compiled from a list, swapped as a whole when the list changes.
/// </summary>
public sealed class NameMatcher
{
    /// <summary>Stored with every mention and flag; raised when the rules change, so that old results can be recomputed.</summary>
    public const string RulesVersion = "names-2";

    private readonly PersonFinder _persons;
    private readonly OutletFinder _outlets;

    private NameMatcher(IEnumerable<Person> persons, IEnumerable<Outlet> outlets)
    {
        (_persons, _outlets) = (new PersonFinder(persons), new OutletFinder(outlets));
    }

    public static NameMatcher Compile(IEnumerable<Person> persons, IEnumerable<Outlet> outlets) => new(persons, outlets);

    /// <summary>All mentions in the order of the text, candidates too. Of two mentions of one subject that overlap, the longer one is given, of two as long the surer one.</summary>
    public IReadOnlyList<Mention> Find(string text) =>
    [
        .. _outlets.Find(text)
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

            last = last is null || (mention.Length, mention.Score).CompareTo((last.Length, last.Score)) > 0 ? mention : last;
        }

        if (last is not null)
        {
            yield return last;
        }
    }
}
