using Monitoring.Names.Advice;
using Monitoring.Watchlist;

namespace Monitoring.Names;

/// <summary>A person of the list as the matcher knows them: all spellings together.</summary>
internal sealed class ListedPerson
{
    private const int OwnName = 0;
    private const int Equivalent = 1;

    private readonly StemsOfParts _stems;
    private readonly StemTable _given = new();
    private readonly StemTable _patronymic = new();
    private readonly HashSet<char> _givenInitials = [];
    private readonly HashSet<char> _patronymicInitials = [];
    private readonly List<string> _coarseGiven = [];

    public ListedPerson(Person entry, StemsOfParts stems)
    {
        _stems = stems;
        Entry = entry;
        Names = [.. entry.Aliases.Select(alias => alias.Name).Prepend(entry.Name).SelectMany(PersonName.Parse)];
        Gender = entry.Gender is not Gender.Unknown ? entry.Gender : Guess(Names);
        foreach (var name in Names)
        {
            AddGiven(name);
            AddInitials(name.Initials);
            AddPatronymic(name.Patronymic);
        }

        _given.Freeze();
        _patronymic.Freeze();
        Evidence = EvidenceChoice.Of(entry, Names, SurnameFacts.RarityOf(Names), collisions: []).Chosen;
    }

    public Person Entry { get; }

    public IReadOnlyList<PersonName> Names { get; }

    public Gender Gender { get; }

    /// <summary>How much of the name must stand in a text. Whether others of the list are like it, the text's own hits show.</summary>
    public MinimumEvidence Evidence { get; }

    public bool HasGiven => _given.Count > 0 || _givenInitials.Count > 0;

    /// <summary>The listed words that the surname is found by.</summary>
    public IEnumerable<IReadOnlyList<string>> Surnames => Names.Select(name => name.Surname).DistinctBy(parts => string.Join('-', parts), StringComparer.Ordinal);

    /// <summary>How a word agrees with the first names; null if it does not.</summary>
    public GivenFit? FitsGiven(byte[] word)
    {
        if (_given.MayBegin(word) && _given.Find(word).ToList() is { Count: > 0 } found)
        {
            return found.Exists(stem => stem.Owner == OwnName) ? GivenFit.Same : GivenFit.Equivalent;
        }

        return CoarseSigns.Of(word) is { Length: >= 3 } coarse && _coarseGiven.Exists(own => coarse.StartsWith(own, StringComparison.Ordinal) && coarse.Length - own.Length <= 3)
            ? GivenFit.Nearly : null;
    }

    /// <summary>The first name as it is listed, in no other case.</summary>
    public bool IsGivenUninflected(byte[] word) => _given.Find(word).All(stem => stem.Endings.All(ending => ending.Case == "nominative"));

    public bool FitsPatronymic(byte[] word) => _patronymic.Count > 0 && _patronymic.MayBegin(word) && _patronymic.Find(word).Any();

    public bool HasPatronymic => _patronymic.Count > 0;

    /// <summary>Whether the letters before a stop can begin the first name; null if none is known.</summary>
    public bool? FitsInitial(ReadOnlySpan<byte> letters) => Fits(_givenInitials, letters);

    public bool? FitsPatronymicInitial(ReadOnlySpan<byte> letters) => Fits(_patronymicInitials, letters);

    private static bool? Fits(HashSet<char> known, ReadOnlySpan<byte> letters) =>
        known.Count == 0 || letters.Length == 0 || letters[0] == Signs.Other ? null : known.Contains(Signs.Alphabet[letters[0]]);

    private static Gender Guess(IReadOnlyList<PersonName> names)
    {
        var told = names.SelectMany(name => name.Given.Select(GivenNames.GenderOf)).Where(gender => gender is not Gender.Unknown).Distinct().ToList();
        return told is [var only] ? only : GuessByEnd(names);
    }

    private static Gender GuessByEnd(IReadOnlyList<PersonName> names)
    {
        var patronymics = names.Select(name => name.Patronymic).OfType<string>().Select(Signs.Of).ToList();
        return patronymics.Exists(signs => signs.EndsWith("na", StringComparison.Ordinal) || signs.EndsWith("kizi", StringComparison.Ordinal)) ? Gender.Female
            : patronymics.Count > 0 ? Gender.Male
            : names.Any(name => name.Surname.Any(part => Signs.Of(part) is { Length: > 4 } signs && (signs.EndsWith("ova", StringComparison.Ordinal) || signs.EndsWith("eva", StringComparison.Ordinal) || signs.EndsWith("skaia", StringComparison.Ordinal)))) ? Gender.Female
            : Gender.Unknown;
    }

    private void AddGiven(PersonName name)
    {
        foreach (var given in name.Given)
        {
            Add(_given, given, PartRole.Given, OwnName);
            _coarseGiven.Add(CoarseSigns.Of(given));
            foreach (var other in GivenNames.EquivalentsOf(given))
            {
                Add(_given, other, PartRole.Given, Equivalent);
                AddInitials([other]);
            }
        }

        AddInitials(name.Given.Take(1));
    }

    private void AddPatronymic(string? patronymic)
    {
        if (patronymic is not null)
        {
            Add(_patronymic, patronymic, PartRole.Patronymic, OwnName);
            AddInitials(_patronymicInitials, [patronymic]);
        }
    }

    private void Add(StemTable table, string word, PartRole role, int owner)
    {
        foreach (var (skeleton, endings) in _stems.Of(word, role, Gender))
        {
            table.Add(skeleton, endings, owner);
        }
    }

    private void AddInitials(IEnumerable<string> words) => AddInitials(_givenInitials, words);

    private static void AddInitials(HashSet<char> known, IEnumerable<string> words) =>
        known.UnionWith(words.SelectMany(Spellings.Of).Where(skeleton => skeleton.Length > 0).Select(skeleton => skeleton[0]));
}

/// <summary>How a word agrees with a listed first name.</summary>
internal enum GivenFit
{
    Same,

    /// <summary>Another form of it: Евгений and Eugene.</summary>
    Equivalent,

    /// <summary>Nearly: a typing error, or a vowel that changes between Kazakh and Russian.</summary>
    Nearly,
}
