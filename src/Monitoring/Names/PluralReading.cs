namespace Monitoring.Names;

/// <summary>A surname in the plural: its bearers' first names stand before it, "Сейтказы и Асет Матаевы", "братья Матаевы".</summary>
internal static class PluralReading
{
    /// <summary>Words to the left that are looked at.</summary>
    private const int Most = 5;

    private static readonly string[] Words = [.. DataFile.Rows(typeof(PluralReading), "Tables.plurals.csv").Select(row => row[0])];

    public static NameInContext Read(string text, SurnameHit hit, ListedPerson person)
    {
        var (given, isMany) = ((Word: "", Fit: GivenFit.Nearly), false);
        var at = hit.Start;
        for (var i = 0; i < Most && Word.Before(text, at) is { } word && !text.AsSpan(word.End, at - word.End).ContainsAny(".!?\n"); i++)
        {
            var said = word.In(text).ToString();
            isMany |= Array.Exists(Words, known => IsWord(said, known));
            if (word.IsCapital(text) && person.FitsGiven(NameReading.SignsOf(word, text)) is { } fit and not GivenFit.Nearly)
            {
                given = (said, fit);
            }

            at = word.Start;
        }

        // Without a second bearer it is no plural: "Ермек Мамаев" is no Мамай.
        return !isMany && given.Word.Length > 0 ? NameInContext.Contradicted(hit, Reason.Of("reason.other_given", given.Word))
            : given.Word.Length > 0 ? new NameInContext(NameKind.Full, hit.Start, hit.End, given.Fit, [Reason.Of("reason.given_plural", given.Word)])
            : new NameInContext(NameKind.Bare, hit.Start, hit.End, GivenFit.Nearly, []);
    }

    private static bool IsWord(string said, string known) => known.EndsWith('-')
        ? said.StartsWith(known.AsSpan(0, known.Length - 1), StringComparison.OrdinalIgnoreCase)
        : said.Equals(known, StringComparison.OrdinalIgnoreCase);
}
