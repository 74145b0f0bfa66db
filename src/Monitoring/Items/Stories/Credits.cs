using Monitoring.Languages;

namespace Monitoring.Items.Stories;

/// <summary>
/// Whom a text credits for what it tells: an agency of the table or an outlet of the list that stands beside a word of telling, "сообщает КазТАГ",
/// "деп хабарлады Азаттық", "according to Reuters", "Фото: Orda". Crediting oneself is crediting nobody.
/// </summary>
internal static class Credits
{
    /// <summary>Credits stand at the beginning or at the end of a text.</summary>
    private const int ReadCharacters = 20_000;

    /// <summary>How far a word of telling may stand from the name, a sentence's end never between them.</summary>
    private const int Reach = 40;

    private static readonly (string Id, string Name, string[] Words)[] Agencies =
        [.. DataFile.Rows(typeof(Credits), "agencies.csv").Where(row => row[0] == "agency").Select(row => (row[1], row[2], row[3..]))];

    private static readonly KeywordTable AgencyWords = new(Agencies.Select(agency => (agency.Id, agency.Words)));
    private static readonly KeywordTable VerbWords = new([("verb", [.. DataFile.Rows(typeof(Credits), "agencies.csv").Where(row => row[0] == "verb").Select(row => row[1])])]);

    /// <summary>An outlet's id, or an agency's (<c>agency:kaztag</c>); null if it credits nobody else.</summary>
    public static string? Find(StoryItem item)
    {
        var text = WholeCharacters.Cut(item.Text, ReadCharacters);
        var own = AgencyWords.Find(TokenizedText.Of(item.PublisherName)).Select(hit => hit.Id).Append(item.Publisher).ToHashSet(StringComparer.Ordinal);
        var tokens = TokenizedText.Of(text);
        var verbs = VerbWords.Find(tokens);
        var named = item.NamedOutlets.Where(outlet => outlet.Start + outlet.Length <= text.Length)
            .Concat(AgencyWords.Find(tokens));
        return named.Where(source => !own.Contains(source.Id) && verbs.Any(verb => IsBeside(text, source, verb)))
            .OrderBy(source => source.Start).Select(source => source.Id).FirstOrDefault();
    }

    /// <summary>An agency's name by its id; null for any other id.</summary>
    public static string? NameOf(string id) => Agencies.FirstOrDefault(agency => agency.Id == id).Name;

    private static bool IsBeside(string text, NamedSource source, NamedSource verb)
    {
        var (start, end) = verb.Start < source.Start ? (verb.Start + verb.Length, source.Start) : (source.Start + source.Length, verb.Start);
        return end >= start && end - start <= Reach && !text.AsSpan(start, end - start).ContainsAny(".!?\n");
    }
}
