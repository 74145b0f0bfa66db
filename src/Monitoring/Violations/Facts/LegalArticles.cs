using System.Text.RegularExpressions;

namespace Monitoring.Violations.Facts;

/// <summary>An article of a law that a text names.</summary>
/// <param name="Code"><c>CC</c> criminal, <c>CAO</c> administrative offences, <c>CCP</c> criminal procedure, <c>CivC</c> civil code; null if the text does not say and the number does not tell.</param>
/// <param name="Number">As it is written: <c>174</c>, <c>456-2</c>.</param>
/// <param name="Part">Null if the text names none.</param>
public sealed record LegalArticle(string? Code, string Number, string? Part, Mark Mark);

/// <summary>Finds articles of codes in Russian, Kazakh and English: <c>ст. 174 УК</c>, <c>ҚК 274-бабы</c>, <c>Article 488 of the Administrative Code</c>.</summary>
public static partial class LegalArticles
{
    /// <summary>A code is named at most so far from its article.</summary>
    private const int Near = 60;

    private const int Most = 20;

    /// <summary>Numbers that only one code of Kazakhstan's press cases has (Code of Administrative Offences of 2014, and of 2001).</summary>
    private static readonly string[] AdministrativeNumbers = ["488", "488-1", "456-2", "73-3", "373", "374", "374-1", "375"];

    /// <summary>The first twenty of a text.</summary>
    public static IReadOnlyList<LegalArticle> Find(string text)
    {
        var found = new List<LegalArticle>();
        foreach (var match in Before().Matches(text).Concat(After().Matches(text)).OrderBy(match => match.Index))
        {
            foreach (Capture number in match.Groups["number"].Captures)
            {
                if (found.Count < Most && !found.Exists(one => one.Mark.Start == number.Index))
                {
                    var part = match.Groups["part"] is { Success: true } given ? given.Value : null;
                    found.Add(new LegalArticle(CodeNear(text, match) ?? CodeOf(number.Value), number.Value, part, new Mark(number.Index, number.Length)));
                }
            }
        }

        return found;
    }

    private static string? CodeOf(string number) => AdministrativeNumbers.Contains(number) ? "CAO" : null;

    /// <summary>The code that is named right behind it, else the one right before.</summary>
    private static string? CodeNear(string text, Match match)
    {
        var end = match.Index + match.Length;
        var after = Codes().Match(text, end, Math.Min(Near, text.Length - end));
        var from = Math.Max(0, match.Index - (Near / 2));
        var before = Codes().Matches(text[from..end]).LastOrDefault();
        return NameOf(after.Success ? after : before);
    }

    private static string? NameOf(Match? match) => match is null ? null : ((string[])["CC", "CAO", "CCP", "CivC"]).FirstOrDefault(code => match.Groups[code].Success);

    /// <summary>In English and Russian the word stands before the number.</summary>
    [GeneratedRegex(
        @"(?:(?:part|paragraph|ч\.|част[ьи]ю?|п\.|пункт\p{L}{0,2})\s{0,2}(?<part>\d{1,2})\s{1,2}(?:of\s)?)?\b(?:articles?|arts?\.|стать\p{L}{1,3}|статей|ст\.(?:\s?ст\.)?)\s{0,2}(?<number>\d{1,3}(?:-\d)?)(?:(?:\s?,\s?|\s(?:and|or|и|или)\s)(?<number>\d{1,3}(?:-\d)?)(?![\p{L}\d])(?!\s(?:years|лет|года)))*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Before();

    /// <summary>In Kazakh it follows: <c>274-бабының 4-бөлігі</c>.</summary>
    [GeneratedRegex(@"(?<![\d-])(?<number>\d{1,3}(?:-\d)?)[-–\s](?:бап|баб)\p{L}{0,8}(?:\s{1,2}(?<part>\d{1,2})[-–\s]бөлі\p{L}{1,6})?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex After();

    [GeneratedRegex(
        @"(?<CAO>КоАП|ӘҚБтК|\bCAO\b|Administrative|административн\p{L}{1,4}\s(?:кодекс|правонаруш)|әкімшілік\sқұқық)|(?<CCP>\bУПК\b|\bҚПК\b|Criminal\sProcedure|уголовно-процессуальн)|(?<CC>\bУК\b|\bҚК\b|\bCC\b|Criminal\sCode|Penal\sCode|уголовн\p{L}{1,4}\sкодекс|қылмыстық\sкодекс)|(?<CivC>\bГК\b|Civil\sCode|гражданск\p{L}{1,4}\sкодекс|азаматтық\sкодекс)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Codes();
}
