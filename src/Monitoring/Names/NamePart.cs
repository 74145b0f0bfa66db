using Monitoring.Watchlist;

namespace Monitoring.Names;

internal enum PartRole
{
    Given,
    Surname,
    Patronymic,

    /// <summary>A word of an outlet's title.</summary>
    Title,
}

/// <summary>One word of a listed name, as stems with the endings that it takes (<c>classes.csv</c>).</summary>
internal static class NamePart
{
    private static readonly IReadOnlyList<Row> Rows =
    [
        .. DataFile.Rows(typeof(NamePart), "Tables.classes.csv").Select(row => new Row(row[0], row[1], row[2], row[3] == "-" ? "" : row[3], row[4] == "-" ? "" : row[4], row[5])),
    ];

    /// <summary>Every skeleton of the word with the class of its endings: whole with what any language adds, and cut for those that change the end.</summary>
    public static IEnumerable<(string Skeleton, EndingClass Endings)> Stems(string word, PartRole role, Gender gender)
    {
        var folded = string.Concat(word.Select(Signs.Fold));
        var isLatin = folded.Any(c => Signs.Of(c).HasFlag(SignFlags.Latin));
        var skeletons = Spellings.Of(word);
        var row = RowOf(folded, skeletons[0], isLatin, role, gender);
        var endings = EndingClass.Of(row.Class);
        foreach (var skeleton in skeletons)
        {
            yield return (skeleton, EndingClass.Of(EndingClass.Any));
            yield return (skeleton, EndingClass.Of("fixed"));
            if (row.Class == "glidecut")
            {
                yield return (skeleton, EndingClass.Of("glide"));
            }
            else if (row.CutLetters.Length > 0 && row.Class == "cons")
            {
                // Not every vowel that may flee does: Кравца, but Швеца.
                yield return (skeleton, endings);
            }

            if (row.Cut(skeleton) is { } stem)
            {
                yield return (stem, endings);
            }
        }
    }

    /// <summary>How a word in Cyrillic is declined: the letters it loses, those it gets instead, and the class of its endings.</summary>
    public static (string Cut, string Puts, string Class) Paradigm(string word, PartRole role, Gender gender)
    {
        var row = RowOf(string.Concat(word.Select(Signs.Fold)), "", isLatin: false, role, gender);
        return (row.CutLetters, row.Puts, row.Class);
    }

    private static Row RowOf(string folded, string skeleton, bool isLatin, PartRole role, Gender gender) =>
        Rows.First(row => row.Fits(role, gender) && (isLatin ? row.IsEndOfSigns(skeleton) : folded.EndsWith(row.Ends, StringComparison.Ordinal)));

    private sealed record Row(string Role, string Gender, string Ends, string CutLetters, string Puts, string Class)
    {
        private readonly string _ends = Signs.Of(Ends);
        private readonly string _cut = Signs.Of(CutLetters);
        private readonly string _puts = Signs.Of(Puts);

        public bool Fits(PartRole role, Gender gender) =>
            Role is "any" || string.Equals(Role, role.ToString(), StringComparison.OrdinalIgnoreCase) ? FitsGender(gender) : false;

        /// <summary>A soft sign leaves no trace in Latin letters.</summary>
        public bool IsEndOfSigns(string skeleton) => !Ends.Contains('ь', StringComparison.Ordinal) && skeleton.EndsWith(_ends, StringComparison.Ordinal);

        /// <summary>Null if the spelling ends differently, or if too little would be left.</summary>
        public string? Cut(string skeleton) =>
            skeleton.EndsWith(_cut, StringComparison.Ordinal) && skeleton.Length - _cut.Length + _puts.Length >= 2 ? Spellings.Collapse(skeleton[..^_cut.Length] + _puts) : null;

        private bool FitsGender(Gender gender) => Gender is "any" || (Gender is "f" && gender is Watchlist.Gender.Female) || (Gender is "m" && gender is Watchlist.Gender.Male);
    }
}
