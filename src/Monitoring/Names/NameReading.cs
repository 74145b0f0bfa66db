namespace Monitoring.Names;

/// <summary>Reads the words around a surname: first name, patronymic and initials on either side, and what makes it another's. Pure.</summary>
internal static class NameReading
{
    /// <summary>First names that end so have no cases.</summary>
    private const string Indeclinable = "еиоуыэю";

    public static NameInContext Read(string text, SurnameHit hit, ListedPerson person)
    {
        if (IsPartOfLonger(text, hit))
        {
            return NameInContext.Contradicted(hit, Reason.Of("reason.longer_name"));
        }

        if (NameVetoes.Find(text, hit.Start, hit.End) is { } veto)
        {
            return NameInContext.Contradicted(hit, Reason.Of("reason.veto", veto));
        }

        return hit.IsPlural ? PluralReading.Read(text, hit, person)
            : Left(text, hit, person) ?? Right(text, hit, person) ?? new NameInContext(NameKind.Bare, hit.Start, hit.End, GivenFit.Nearly, []);
    }

    private static NameInContext? Left(string text, SurnameHit hit, ListedPerson person)
    {
        if (JoinedBefore(text, BeforeParticles(text, hit.Start, person)) is not { } word)
        {
            return null;
        }

        if (word.MayBeInitial(text))
        {
            return InitialsLeft(text, hit, person, word);
        }

        var signs = SignsOf(word, text);
        var start = word.Start;
        var reasons = new List<Reason>();
        if (person.FitsPatronymic(signs) || IsPatronymic(word, text))
        {
            if (person.HasPatronymic && !person.FitsPatronymic(signs))
            {
                return NameInContext.Contradicted(hit, Reason.Of("reason.other_patronymic", word.In(text).ToString()));
            }

            reasons.Add(Reason.Of("reason.patronymic", word.In(text).ToString()));
            if (Word.Before(text, word.Start) is not { } given || !NameGap.Joins(text.AsSpan(given.End, word.Start - given.End)))
            {
                return null;
            }

            (signs, word, start) = (SignsOf(given, text), given, given.Start);
        }

        if (person.FitsGiven(signs) is null && start > 1 && NameGap.IsHyphen(text[start - 1]) && Word.Before(text, start - 1) is { } first && first.End == start - 1)
        {
            // "Жан-Мари": the first half may be the listed one.
            (signs, word, start) = (SignsOf(first, text), first, first.Start);
        }

        return Judge(text, hit, person, word, signs, start, hit.End, reasons);
    }

    /// <summary>Where the surname begins with its small words: "Ле Пен", "эль-Масри". One that is the person's first name is none of them.</summary>
    private static int BeforeParticles(string text, int start, ListedPerson person)
    {
        while (Word.Before(text, start) is { } word && text.AsSpan(word.End, start - word.End) is var gap && ((gap.Length == 1 && NameGap.IsHyphen(gap[0])) || NameGap.Joins(gap))
            && Particles.Contains(word.In(text)) && person.FitsGiven(SignsOf(word, text)) is null)
        {
            start = word.Start;
        }

        return start;
    }

    /// <summary>Another capital follows: a first name rather, of somebody who is not listed.</summary>
    public static bool IsFollowedByName(string text, SurnameHit hit) =>
        Word.After(text, hit.End) is { } word && NameGap.Joins(text.AsSpan(hit.End, word.Start - hit.End)) && word.IsCapital(text) && !hit.IsAllCapitals;

    /// <summary>Nothing stands between the words of a hashtag.</summary>
    private static Word? JoinedBefore(string text, int at) =>
        Word.Before(text, at) is { } word && text.AsSpan(word.End, at - word.End) is var gap && (gap.IsEmpty || NameGap.Joins(gap) || (word.MayBeInitial(text) && NameGap.JoinsInitial(gap))) ? word : null;

    private static NameInContext? Right(string text, SurnameHit hit, ListedPerson person)
    {
        if (Word.After(text, hit.End) is not { } word)
        {
            return null;
        }

        var gap = text.AsSpan(hit.End, word.Start - hit.End);
        if (!gap.IsEmpty && !NameGap.Joins(gap) && !NameGap.JoinsByComma(gap))
        {
            return null;
        }

        if (word.MayBeInitial(text) && word.HasStop(text))
        {
            return InitialsRight(text, hit, person, word);
        }

        var judged = Judge(text, hit, person, word, SignsOf(word, text), hit.Start, word.End, []);
        return judged is { Kind: NameKind.Full } && Word.After(text, word.End) is { } next && NameGap.Joins(text.AsSpan(word.End, next.Start - word.End))
            ? WithPatronymic(text, hit, person, judged, next)
            : judged;
    }

    /// <summary>As in documents: "Жовтис Евгений Александрович".</summary>
    private static NameInContext WithPatronymic(string text, SurnameHit hit, ListedPerson person, NameInContext name, Word next)
    {
        var said = next.In(text).ToString();
        if (!person.FitsPatronymic(SignsOf(next, text)))
        {
            if (!next.IsCapital(text) || !PersonName.IsPatronymic(said))
            {
                return name;
            }

            if (person.HasPatronymic)
            {
                return NameInContext.Contradicted(hit, Reason.Of("reason.other_patronymic", said));
            }
        }

        return name with { End = next.End, Reasons = [.. name.Reasons, Reason.Of("reason.patronymic", said)] };
    }

    private static NameInContext? Judge(string text, SurnameHit hit, ListedPerson person, Word word, byte[] signs, int start, int end, List<Reason> reasons)
    {
        var said = word.In(text).ToString();
        if (person.FitsGiven(signs) is { } fit)
        {
            reasons.Add(Reason.Of(fit switch { GivenFit.Same => "reason.given", GivenFit.Equivalent => "reason.given_equivalent", _ => "reason.given_nearly" }, said));
            if (IsWomansName(hit, person, said, signs))
            {
                reasons.Add(Reason.Of("reason.case_disagrees", said));
                fit = GivenFit.Nearly;
            }

            return new NameInContext(NameKind.Full, start, end, fit, reasons);
        }

        return person.HasGiven && word.IsCapital(text) && GivenNames.IsOne(signs) ? NameInContext.Contradicted(hit, Reason.Of("reason.other_given", said)) : null;
    }

    /// <summary>
    /// The first name stands as it is listed, the surname in a case of Russian that a man's first name would share: "Саша Матаева" is a woman, or a slip.
    /// </summary>
    private static bool IsWomansName(SurnameHit hit, ListedPerson person, string given, byte[] signs) =>
        person.Gender is Watchlist.Gender.Male && hit.Endings.All(ending => ending is { Language: "ru", Case: "genitive or accusative" })
        && person.IsGivenUninflected(signs) && !Indeclinable.Contains(given[^1], StringComparison.OrdinalIgnoreCase);

    private static NameInContext? InitialsLeft(string text, SurnameHit hit, ListedPerson person, Word near)
    {
        var first = Word.Before(text, near.Start) is { } word && word.MayBeInitial(text) && NameGap.JoinsInitial(text.AsSpan(word.End, near.Start - word.End)) ? word : near;
        return Initials(text, hit, person, first, first == near ? null : near, first.Start, hit.End);
    }

    private static NameInContext? InitialsRight(string text, SurnameHit hit, ListedPerson person, Word near)
    {
        var second = Word.After(text, near.End) is { } word && word.MayBeInitial(text) && word.HasStop(text)
            && NameGap.JoinsInitial(text.AsSpan(near.End, word.Start - near.End)) ? word : (Word?)null;
        return Initials(text, hit, person, near, second, hit.Start, (second ?? near).End + 1);
    }

    private static NameInContext? Initials(string text, SurnameHit hit, ListedPerson person, Word given, Word? patronymic, int start, int end)
    {
        var said = text[given.Start..(patronymic ?? given).End];
        if (person.FitsInitial(SignsOf(given, text)) == false || (patronymic is { } word && person.FitsPatronymicInitial(SignsOf(word, text)) == false))
        {
            return given.HasStop(text) ? NameInContext.Contradicted(hit, Reason.Of("reason.other_initial", said)) : null;
        }

        return person.FitsInitial(SignsOf(given, text)) == true
            ? new NameInContext(NameKind.Initials, start, end, patronymic is null ? GivenFit.Equivalent : GivenFit.Same, [Reason.Of("reason.initial", said)])
            : null;
    }

    /// <summary>Another name is joined to it by a hyphen. What stands before may be only a prefix, and small letters after it an ending.</summary>
    private static bool IsPartOfLonger(string text, SurnameHit hit)
    {
        var isAfter = hit.End + 1 < text.Length && NameGap.IsHyphen(text[hit.End]) && Signs.IsLetter(text[hit.End + 1]) && Word.At(text, hit.End + 1).IsCapital(text) && !hit.IsAllCapitals;
        var isBefore = hit.Start >= 2 && NameGap.IsHyphen(text[hit.Start - 1]) && Word.Before(text, hit.Start - 1) is { } word && word.End == hit.Start - 1 && word.Length > 4 && word.IsCapital(text);
        return isAfter || isBefore;
    }

    private static bool IsPatronymic(Word word, string text) => PersonName.IsPatronymic(word.In(text).ToString());

    internal static byte[] SignsOf(Word word, string text)
    {
        Span<byte> signs = stackalloc byte[Signs.MostSigns];
        return signs[..Signs.Write(word.In(text), signs, stackalloc byte[Signs.MostSigns])].ToArray();
    }
}
