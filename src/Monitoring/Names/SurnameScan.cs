using System.Buffers;

namespace Monitoring.Names;

/// <summary>Finds surnames of the list in a text, in one pass that allocates nothing until it finds one. Immutable.</summary>
internal sealed class SurnameScan
{
    /// <summary>What a short surname may end in and lose in some case: Цой, Цоя.</summary>
    private static readonly SearchValues<char> CaseLetters = SearchValues.Create("аеийоуыьэюяaeiouy");

    private readonly StemTable _stems = new();
    private readonly CoarseStems _coarse = new();
    private readonly List<(int Person, string First, IReadOnlyList<StemTable> Others)> _owners = [];

    public SurnameScan(IReadOnlyList<ListedPerson> persons)
    {
        foreach (var (number, person) in persons.Index())
        {
            foreach (var parts in person.Surnames)
            {
                Add(number, person, parts);
            }
        }

        _stems.Freeze();
        _coarse.Freeze();
    }

    public List<SurnameHit> Find(string text)
    {
        var hits = new SurnameHits();
        if (_stems.Count == 0)
        {
            return [];
        }

        Span<byte> signs = stackalloc byte[Signs.MostSigns];
        Span<byte> ends = stackalloc byte[Signs.MostSigns];
        for (var at = 0; at < text.Length;)
        {
            if (!Signs.IsLetter(text[at]))
            {
                at++;
                continue;
            }

            var word = Word.At(text, at);
            at = word.End;
            if (word.Length < 2)
            {
                continue;
            }

            var count = Signs.Write(word.In(text), signs, ends);
            if (_stems.MayBegin(signs[..count]))
            {
                Take(text, word, repaired: null, hits);
            }

            if (word.IsCapital(text) && _coarse.MayBegin(signs[..count]))
            {
                TakeNearly(text, word, signs[..count].ToArray(), ends, hits);
            }

            if (word.IsMixed)
            {
                TakeReadings(text, word, hits);
            }

            if (word.Start > 0 && text[word.Start - 1] is '#' or '@')
            {
                TakeHumps(text, word, hits);
            }
        }

        return hits.WithoutLookAlikes();
    }

    private static string Folded(string letters) => string.Concat(letters.Select(Signs.Fold).Where(Signs.IsLetter)).Replace('ё', 'е');

    /// <summary>Up to the last letter of the stem, which some cases change; of a short one only what cases take away may be missing.</summary>
    private static bool IsExact(string listed, string stem) => stem.Length switch
    {
        > 4 => listed.AsSpan().CommonPrefixLength(stem) >= stem.Length - 1,
        _ => listed.StartsWith(stem, StringComparison.Ordinal) && !listed.AsSpan(stem.Length).ContainsAnyExcept(CaseLetters),
    };

    /// <summary>A letter that sounds as the stem's last one may be the ending's first: "Мұратбек" and "қа".</summary>
    private static string WithoutDouble(string stem, string listed) =>
        stem.Length > 2 && Signs.Of(stem[^1..]) == Signs.Of(stem[^2..^1]) && !listed.StartsWith(Folded(stem), StringComparison.Ordinal) ? stem[..^1] : stem;

    private void Add(int number, ListedPerson person, IReadOnlyList<string> parts)
    {
        var tables = parts.Skip(1).Select(part =>
        {
            var table = new StemTable();
            AddStems(table, NamePart.Stems(part, PartRole.Surname, person.Gender), 0);
            return table.Freeze();
        }).ToList();
        var stems = NamePart.Stems(parts[0], PartRole.Surname, person.Gender).ToList();
        AddStems(_stems, stems, _owners.Count);
        if (parts.Count == 1)
        {
            _coarse.Add(stems, _owners.Count);
        }

        _owners.Add((number, Folded(parts[0]), tables));
    }

    private static void AddStems(StemTable table, IEnumerable<(string Skeleton, EndingClass Endings)> stems, int owner)
    {
        foreach (var (skeleton, endings) in stems)
        {
            table.Add(skeleton, endings, owner);
        }
    }

    private void TakeNearly(string text, Word word, byte[] signs, ReadOnlySpan<byte> ends, SurnameHits hits)
    {
        foreach (var (owner, length, endings) in _coarse.Find(signs))
        {
            var person = _owners[owner].Person;
            if (!hits.Contains(word.Start, person))
            {
                var stem = text[word.Start..(word.Start + ends[length - 1])];
                hits.Add(new SurnameHit(person, word.Start, word.End, stem, endings, IsCapital: true, word.IsAllCapitals(text), Repaired: null)
                {
                    Rest = text[(word.Start + stem.Length)..word.End],
                    IsNearly = true,
                });
            }
        }
    }

    private void TakeReadings(string text, Word word, SurnameHits hits)
    {
        foreach (var reading in Homoglyphs.Readings(word.In(text).ToString()))
        {
            Take(text, word, reading, hits);
        }
    }

    /// <summary>The words that a hashtag joins, each from its capital: #свободуЖовтису.</summary>
    private void TakeHumps(string text, Word word, SurnameHits hits)
    {
        var start = word.Start;
        for (var at = start + 1; at <= word.End; at++)
        {
            if (at == word.End || (Signs.Of(text[at]).HasFlag(SignFlags.Upper) && !Signs.Of(text[at - 1]).HasFlag(SignFlags.Upper)))
            {
                if (at - start is > 1 and var length && length < word.Length)
                {
                    Take(text, word with { Start = start, Length = length }, repaired: null, hits);
                }

                start = at;
            }
        }
    }

    private void Take(string text, Word word, string? repaired, SurnameHits hits)
    {
        var letters = repaired ?? word.In(text).ToString();
        Span<byte> signs = stackalloc byte[Signs.MostSigns];
        Span<byte> ends = stackalloc byte[Signs.MostSigns];
        var count = Signs.Write(letters, signs, ends);
        foreach (var (owner, length, endings) in _stems.Find(signs[..count].ToArray()))
        {
            var (person, first, rest) = _owners[owner];
            if (End(text, word, rest) is { } end)
            {
                var stem = WithoutDouble(letters[..ends[length - 1]], first);
                hits.Add(new SurnameHit(person, word.Start, end, stem, endings, word.IsCapital(text), word.IsAllCapitals(text), repaired)
                {
                    Rest = letters[stem.Length..],
                    IsExact = IsExact(first, Folded(stem)),
                    IsCyrillic = word.Flags.HasFlag(SignFlags.Cyrillic),
                });
            }
        }
    }

    /// <summary>Where a hyphenated surname ends; null if its other parts do not stand there.</summary>
    private static int? End(string text, Word first, IReadOnlyList<StemTable> rest)
    {
        var end = first.End;
        Span<byte> signs = stackalloc byte[Signs.MostSigns];
        Span<byte> ends = stackalloc byte[Signs.MostSigns];
        foreach (var table in rest)
        {
            if (end + 1 >= text.Length || !NameGap.IsHyphen(text[end]) || !Signs.IsLetter(text[end + 1]))
            {
                return null;
            }

            var word = Word.At(text, end + 1);
            var count = Signs.Write(word.In(text), signs, ends);
            if (!table.Find(signs[..count].ToArray()).Any())
            {
                return null;
            }

            end = word.End;
        }

        return end;
    }
}
