namespace Monitoring;

/// <summary>
/// The names of months by how they begin, which holds for all their cases and abbreviations: English, Russian, Kazakh in both alphabets, Ukrainian,
/// Uzbek, Turkish, German, French, Spanish, Greek, Hungarian.
/// </summary>
internal static class MonthNames
{
    private const int Shortest = 3;

    private const int LongestStem = 6;

    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Months = new (int Month, string Stems)[]
    {
        (1, "jan янв қаң qań qan січ yan oca jän ene ιαν"),
        (2, "feb фев ақп aqp лют fev şub fév feв φεβ"),
        (3, "mar мар нау nau naý бер mär mrz már μαρ μάρ μαώ μάώ"),
        (4, "apr апр сәу sáu sáý säu sau кві nis avr abr ápr απρ"),
        (5, "may май мая мае маи мам mam тра mai máj máu μάι μαι μάϊ μαϊ"),
        (6, "jun июн мау mau maý чер iyun haz juin jún ιούν ιουν ιον"),
        (7, "jul июл шіл shil şil лип iyul tem juil júl ιούλ ιουλ ιολ"),
        (8, "aug авг там tam серп avg ağu aoû aou ago αύγ αυγ"),
        (9, "sep сен қыр qyr вер eyl sze σεπ"),
        (10, "oct окт қаз qaz жов okt eki οκτ"),
        (11, "nov ноя қар qar лис noy kas νοέ νοε"),
        (12, "dec дек жел jel гру dek ara dez déc dic δεκ"),
    }.SelectMany(row => row.Stems.Split(' '), (row, stem) => (row.Month, stem)).DistinctBy(pair => pair.stem)
        .ToDictionary(pair => pair.stem, pair => pair.Month, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Days of the week that begin like months.</summary>
    private static readonly string[] Days = ["сенб", "серед", "martes", "marted", "mardi"];

    /// <returns>0 for no month.</returns>
    public static int Find(ReadOnlySpan<char> word)
    {
        foreach (var day in Days)
        {
            if (word.StartsWith(day, StringComparison.OrdinalIgnoreCase))
            {
                return 0;
            }
        }

        for (var length = Math.Min(word.Length, LongestStem); length >= Shortest; length--)
        {
            if (Months.TryGetValue(word[..length], out var month))
            {
                return month;
            }
        }

        return 0;
    }
}
