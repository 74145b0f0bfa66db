using System.Text.RegularExpressions;

namespace Monitoring.Names;

/// <summary>
/// A listed spelling of a person's name, taken apart. Orders known: name surname, surname name patronymic, name patronymic surname, initials on either
/// side, one word alone.
/// </summary>
/// <param name="Surname">The parts of a hyphenated one apart; what stands alone is one.</param>
/// <param name="Given">First names, also second ones; the parts of hyphenated ones apart.</param>
/// <param name="Initials">Letters before or after the surname, as they are written, in their order.</param>
internal sealed partial record PersonName(IReadOnlyList<string> Surname, IReadOnlyList<string> Given, string? Patronymic, IReadOnlyList<string> Initials)
{
    /// <summary>A name of one word, e.g. a pen name: nothing stands beside it to be sure.</summary>
    public bool IsOneWord => Given.Count == 0 && Initials.Count == 0 && Patronymic is null;

    /// <returns>Null if no part has two letters.</returns>
    public static PersonName? Parse(string name)
    {
        var words = Word().Matches(Joined().Replace(name, "$1$2")).Select(match => match.Value).ToList();
        var initials = words.Where(IsInitial).Select(word => word.TrimEnd('.')).ToList();
        words.RemoveAll(IsInitial);

        // Of two words the second is the surname, also if it looks like a patronymic: Шендерович, Берікұлы.
        var at = words.Count > 2 ? words.FindIndex(1, IsPatronymic) : -1;
        var patronymic = at >= 0 ? words[at] : null;
        if (patronymic is not null)
        {
            words.RemoveAt(at);
        }

        return words switch
        {
            [] => null,
            [var surname] => new PersonName(Parts(surname), [], patronymic, initials),
            [var first, .. var middle, var last] when IsSurnameFirst(first, last, patronymic is not null && at == words.Count) =>
                new PersonName(Parts(first), [.. Parts(last), .. middle], patronymic, initials),
            [var first, .. var middle, var last] => new PersonName(Parts(last), [.. Parts(first), .. middle.SelectMany(Parts)], patronymic, initials),
        };
    }

    private static string[] Parts(string word) => [.. word.Split('-', StringSplitOptions.RemoveEmptyEntries)];

    private static bool IsInitial(string word) => word.TrimEnd('.') is { Length: 1 } || (word.EndsWith('.') && word.Length <= 4);

    public static bool IsPatronymic(string word) => PatronymicEnd().IsMatch(word);

    /// <param name="isOfficial">The patronymic stands at the end.</param>
    private static bool IsSurnameFirst(string first, string last, bool isOfficial) =>
        isOfficial || (GivenNames.IsListed(first), GivenNames.IsListed(last)) switch
        {
            (true, false) => false,
            (false, true) => true,
            _ => SurnameEnd().IsMatch(first) && !SurnameEnd().IsMatch(last),
        };

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}'’ʻʼ`-]*\.?")]
    private static partial Regex Word();

    /// <summary>"Ибрагим улы" is one word.</summary>
    [GeneratedRegex(@"(\p{L}{3,})[ -]((?:ұлы|улы|оглы|углы|қызы|кызы|uly|ūly|oghly|ogly|kyzy|qyzy|kizi)(?!\p{L}))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Joined();

    [GeneratedRegex(@"(?:ович|евич|ьич|овна|евна|ична|ұлы|улы|оглы|углы|қызы|кызы|ovich|evich|ovna|evna|ichna|uly|ūly|oghly|ogly|kyzy|qyzy|kizi)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PatronymicEnd();

    [GeneratedRegex(@"(?:[оеё]ва?|ина?|ый|ий|ая|ко|ук|юк|[oe]va?|ina?|ski[iy]?|sky|skaya|skaia|ko|uk)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SurnameEnd();
}
