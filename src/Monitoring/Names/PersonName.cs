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

    /// <summary>
    /// A name as it is taken apart; two ways where neither word is known for what it is and the end of one may be a surname's (Беньямин Нетаньяху). None if
    /// no part has two letters.
    /// </summary>
    public static IEnumerable<PersonName> Parse(string name)
    {
        var words = Word().Matches(Joined().Replace(name, "$1$2")).Select(match => match.Value).ToList();
        var initials = words.Where(IsInitial).Select(word => word.TrimEnd('.')).ToList();
        words.RemoveAll(IsInitial);
        words = [.. words.Where((word, i) => i == 0 || i == words.Count - 1 || !Particles.Contains(word))];

        // Of two words the second is the surname, also if it looks like a patronymic: Шендерович, Берікұлы.
        var at = words.Count > 2 ? words.FindIndex(1, IsPatronymic) : -1;
        var patronymic = at >= 0 ? words[at] : null;
        if (patronymic is not null)
        {
            words.RemoveAt(at);
        }

        if (words is [var only])
        {
            yield return new PersonName(Parts(only), [], patronymic, initials);
        }
        else if (words is [var first, .. var middle, var last])
        {
            var order = OrderOf(first, last, isOfficial: patronymic is not null && at == words.Count);
            if (order is not NameOrder.SurnameFirst)
            {
                yield return new PersonName(Parts(last), [.. Parts(first), .. middle.SelectMany(Parts)], patronymic, initials);
            }

            if (order is not NameOrder.SurnameLast)
            {
                yield return new PersonName(Parts(first), [.. Parts(last), .. middle], patronymic, initials);
            }
        }
    }

    private enum NameOrder
    {
        SurnameLast,
        SurnameFirst,
        Unknown,
    }

    /// <summary>A particle that is joined by a hyphen is no part: эль-Масри.</summary>
    private static string[] Parts(string word) =>
        word.Split('-', StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } parts && parts.Where(part => !Particles.Contains(part)).ToArray() is { Length: > 0 } found ? found : [word.Trim('-')];

    private static bool IsInitial(string word) => word.TrimEnd('.') is { Length: 1 } || (word.EndsWith('.') && word.Length <= 4);

    public static bool IsPatronymic(string word) => PatronymicEnd().IsMatch(word);

    /// <param name="isOfficial">The patronymic stands at the end.</param>
    private static NameOrder OrderOf(string first, string last, bool isOfficial) => (GivenNames.IsListed(first), GivenNames.IsListed(last)) switch
    {
        _ when isOfficial => NameOrder.SurnameFirst,
        (true, false) => NameOrder.SurnameLast,
        (false, true) => NameOrder.SurnameFirst,
        _ when SurnameEnd().IsMatch(last) || !(SurnameEnd().IsMatch(first) || WeakEnd().IsMatch(first)) => NameOrder.SurnameLast,
        (false, false) when !SurnameEnd().IsMatch(first) => WeakEnd().IsMatch(last) ? NameOrder.SurnameLast : NameOrder.Unknown,
        _ => NameOrder.SurnameFirst,
    };

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}'’ʻʼ`-]*\.?")]
    private static partial Regex Word();

    /// <summary>"Ибрагим улы" is one word.</summary>
    [GeneratedRegex(@"(\p{L}{3,})[ -]((?:ұлы|улы|оглы|углы|қызы|кызы|uly|ūly|oghly|ogly|kyzy|qyzy|kizi)(?!\p{L}))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Joined();

    [GeneratedRegex(@"(?:ович|евич|ьич|овна|евна|ична|ұлы|улы|оглы|углы|қызы|кызы|ovich|evich|ovna|evna|ichna|uly|ūly|oghly|ogly|kyzy|qyzy|kizi)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PatronymicEnd();

    [GeneratedRegex(@"(?:[оеё]ва?|[сц]к[иа]й|[сц]кая|енко|[oe]va?|ski[iy]?|sky|skaya|skaia|enko)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SurnameEnd();

    /// <summary>Ends of many surnames, and of some first names that no table holds.</summary>
    [GeneratedRegex(@"(?:ина?|ый|ий|ая|ко|ук|юк|ina?|ko|uk)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WeakEnd();
}
