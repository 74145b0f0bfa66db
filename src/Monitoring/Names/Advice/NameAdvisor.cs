using Monitoring.Watchlist;

namespace Monitoring.Names.Advice;

/// <summary>Says of listed persons what their names may be taken for, how frequent they are and how much of them a text must hold. Immutable: built from a list.</summary>
public sealed class NameAdvisor
{
    public const int MostCollisions = 20;
    private const int MostForms = 12;

    private readonly Dictionary<string, ComparedPerson> _persons;
    private readonly CollisionIndex _collisions;

    /// <param name="persons">Ids tell them apart.</param>
    public NameAdvisor(IEnumerable<Person> persons, IEnumerable<Outlet> outlets)
    {
        _persons = persons.Select(ComparedPerson.Of).ToDictionary(person => person.Entry.Id, StringComparer.Ordinal);
        _collisions = new CollisionIndex(_persons.Values, outlets);
    }

    /// <param name="person">Of the list that this was built from.</param>
    public NameAdvice For(Person person)
    {
        var compared = _persons[person.Id];
        var collisions = _collisions.Find(compared).Take(MostCollisions).ToList();
        var surnames = compared.Names.SelectMany(name => name.Surname).Distinct(StringComparer.Ordinal).ToList();
        var rarity = SurnameFacts.RarityOf(compared.Names);
        return new NameAdvice(
            person,
            rarity,
            [.. surnames.SelectMany(SurnameFacts.CountriesOf).Distinct(StringComparer.Ordinal)],
            collisions,
            EvidenceChoice.Of(person, compared.Names, rarity, collisions));
    }

    /// <summary>How the person's name is also written, and its most frequent case forms: only what the matcher finds as them.</summary>
    public static (IReadOnlyList<string> Spellings, IReadOnlyList<string> Forms) WaysToWrite(Person person)
    {
        var matcher = NameMatcher.Compile([person], []);
        var listed = person.Aliases.Select(alias => alias.Name).Prepend(person.Name).ToList();
        var names = listed.SelectMany(PersonName.Parse).ToList();
        var gender = new ListedPerson(person, new StemsOfParts()).Gender;
        bool IsFound(string text) => matcher.Find(text).Any(mention => mention.Start == 0 && mention.Length == text.Length);
        return (
            [.. listed.SelectMany(OtherSpellings.Of).Distinct(StringComparer.Ordinal).Except(listed).Where(IsFound).Take(MostForms)],
            [.. names.SelectMany(name => CaseForms.Of(name, gender)).Distinct(StringComparer.Ordinal).Where(IsFound).Take(MostForms)]);
    }
}
