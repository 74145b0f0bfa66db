using Monitoring.Watchlist;

namespace Monitoring.Names.Advice;

/// <summary>
/// Finds the entries whose surnames meet under one key: equal, one sign apart, alike, begun alike. Each person is looked up by their own keys, never compared
/// with all others; of a key that very many share only some are looked at. Immutable.
/// </summary>
internal sealed class CollisionIndex
{
    /// <summary>Entries looked at under one key.</summary>
    private const int MostPerKey = 100;

    /// <summary>A longer rest is no ending: another word.</summary>
    private const int LongestRest = 4;

    /// <summary>A shorter beginning is in too many names.</summary>
    private const int ShortestPrefix = 4;

    private readonly Dictionary<string, List<ComparedPerson>> _families = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ComparedPerson>> _near = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ComparedPerson>> _alike = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ComparedPerson>> _begun = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Outlet>> _outlets = new(StringComparer.Ordinal);

    public CollisionIndex(IEnumerable<ComparedPerson> persons, IEnumerable<Outlet> outlets)
    {
        foreach (var person in persons)
        {
            Put(_families, person.Families, person);
            Put(_near, person.Families.SelectMany(SurnameKeys.Neighbourhood), person);
            Put(_alike, person.Coarse, person);
            Put(_begun, person.Families.SelectMany(Beginnings), person);
        }

        foreach (var outlet in outlets)
        {
            var words = outlet.Aliases.Select(alias => alias.Name).Prepend(outlet.Name).SelectMany(name => name.Split(' ', '«', '»', '"', '-', '.'));
            Put(_outlets, words.Where(word => word.Length > 1 && char.IsUpper(word[0])).Select(Signs.Of), outlet);
        }
    }

    /// <summary>Each other entry once, by the nearest kind; those of one kind by name.</summary>
    public IEnumerable<Collision> Find(ComparedPerson person)
    {
        var same = At(_families, person.Families).Select(other => (Kind: OfOneSurname(person, other), Other: (Entry)other.Entry));
        var near = At(_near, person.Families.SelectMany(SurnameKeys.Neighbourhood))
            .Where(other => other.Families.Any(one => person.Families.Any(own => SurnameKeys.AreNear(own, one)))).Select(other => (CollisionKind.Near, (Entry)other.Entry));
        var alike = At(_alike, person.Coarse).Select(other => (CollisionKind.Alike, (Entry)other.Entry));
        var begun = At(_begun, person.Families).Concat(At(_families, person.Families.SelectMany(Beginnings))).Select(other => (CollisionKind.Prefix, (Entry)other.Entry));
        var outlets = At(_outlets, person.Families.Concat(person.Skeletons)).Select(outlet => (CollisionKind.OutletWord, (Entry)outlet));
        return same.Concat(near).Concat(alike).Concat(begun).Concat(outlets)
            .Where(found => found.Item2 != person.Entry)
            .DistinctBy(found => (found.Item2.Kind, found.Item2.Id))
            .OrderBy(found => found.Item1).ThenBy(found => found.Item2.Name, StringComparer.Ordinal)
            .Select(found => new Collision(found.Item1, found.Item2));
    }

    private static CollisionKind OfOneSurname(ComparedPerson one, ComparedPerson other) =>
        !one.Skeletons.Overlaps(other.Skeletons) ? CollisionKind.OneFamily
        : one.Given.Count == 0 || other.Given.Count == 0 || one.Given.Overlaps(other.Given) ? CollisionKind.Namesake
        : CollisionKind.SameSurname;

    private static IEnumerable<string> Beginnings(string key) =>
        Enumerable.Range(1, LongestRest).Where(rest => key.Length - rest >= ShortestPrefix).Select(rest => key[..^rest]);

    private static void Put<T>(Dictionary<string, List<T>> index, IEnumerable<string> keys, T value)
    {
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            if (!index.TryGetValue(key, out var values))
            {
                index.Add(key, values = []);
            }

            values.Add(value);
        }
    }

    private static IEnumerable<T> At<T>(Dictionary<string, List<T>> index, IEnumerable<string> keys) =>
        keys.Distinct(StringComparer.Ordinal).SelectMany(key => index.TryGetValue(key, out var values) ? values.Take(MostPerKey) : []);
}

/// <summary>A person's keys, computed once.</summary>
/// <param name="Skeletons">Of the surnames as they are listed.</param>
/// <param name="Families">Of the man's forms.</param>
/// <param name="Given">Of the first names and their equivalents.</param>
internal sealed record ComparedPerson(Person Entry, IReadOnlyList<PersonName> Names, HashSet<string> Skeletons, HashSet<string> Families, HashSet<string> Coarse, HashSet<string> Given)
{
    public static ComparedPerson Of(Person entry)
    {
        var names = entry.Aliases.Select(alias => alias.Name).Prepend(entry.Name).SelectMany(PersonName.Parse).ToList();
        var surnames = names.Select(name => string.Concat(name.Surname)).Distinct(StringComparer.Ordinal).ToList();
        var given = names.SelectMany(name => name.Given).Distinct(StringComparer.Ordinal).ToList();
        var families = surnames.Select(SurnameKeys.Family).ToHashSet(StringComparer.Ordinal);
        return new ComparedPerson(
            entry,
            names,
            surnames.Select(Signs.Of).ToHashSet(StringComparer.Ordinal),
            families,
            [.. surnames.Select(surname => CoarseSigns.Of(surname)).Where(coarse => coarse.Length > 2)],
            given.Concat(given.SelectMany(GivenNames.EquivalentsOf)).Select(Signs.Of).ToHashSet(StringComparer.Ordinal));
    }
}
