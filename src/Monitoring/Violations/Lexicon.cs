using System.Collections.Frozen;
using Monitoring.Languages;

namespace Monitoring.Violations;

/// <summary>
/// The tables of cues, word classes and modifiers, compiled once: each pattern is filed under the words and classes its first element may be, so that a
/// text tries only those that begin somewhere in it.
/// </summary>
internal sealed class Lexicon
{
    private static readonly string[] Languages = ["en", "ru", "kk"];

    private readonly TermIndex _terms;
    private readonly (int Class, PatternWord[] Words)[][] _classesByTerm;
    private readonly FrozenDictionary<string, int> _classes;
    private readonly Entry[][] _byTerm;
    private readonly Entry[][] _byClass;

    private Lexicon()
    {
        var terms = new TermIndex.Builder();
        var rows = DataFile.Rows(typeof(Lexicon), "Tables.classes.csv", '|').ToList();
        _classes = rows.Select(row => row[0]).Append(ListedClass).Append(NumberClass).Distinct().Select((name, i) => (name, i)).ToFrozenDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        var classPhrases = rows
            .SelectMany(row => Patterns(row[2], row[1], terms).Select(pattern => (Class: _classes[row[0]], Words: pattern.Parts[0][0].Alternatives[0].Words!)))
            .ToLookup(pair => pair.Words[0].Term);
        var entries = ReadCues(terms).Concat(ReadModifiers(terms)).ToList();
        _terms = terms.Build();
        _classesByTerm = Table(_terms.Count, id => classPhrases[id]);
        var byTerm = Anchors(entries).Where(pair => pair.Alternative.Words is not null).ToLookup(pair => pair.Alternative.Words![0].Term, pair => pair.Entry);
        var byClass = Anchors(entries).Where(pair => pair.Alternative.Words is null).ToLookup(pair => pair.Alternative.Class, pair => pair.Entry);
        _byTerm = Table(_terms.Count, id => byTerm[id]);
        _byClass = Table(_classes.Count, id => byClass[id]);
    }

    /// <summary>The class of what is on the watch list.</summary>
    public const string ListedClass = "listed";

    /// <summary>The class of what is written in digits.</summary>
    public const string NumberClass = "number";

    public static Lexicon Shared { get; } = new();

    public int ClassOf(string name) => _classes[name];

    /// <param name="listed">First token and number of tokens of each listed name in the text.</param>
    public LexiconReading Read(TokenizedText text, IEnumerable<(int Token, int Length)> listed)
    {
        var (listedClass, numberClass) = (_classes[ListedClass], _classes[NumberClass]);
        var numbers = Enumerable.Range(0, text.Tokens.Count).Where(token => char.IsAsciiDigit(text[token][0])).Select(token => (token, numberClass, 1));
        return new LexiconReading(text, _terms, _classesByTerm, listed.Select(name => (name.Token, listedClass, name.Length)).Concat(numbers));
    }

    /// <summary>All cues and modifiers in the order of the text.</summary>
    public void Find(LexiconReading reading, List<CueHit> cues, List<ModifierHit> modifiers)
    {
        foreach (var hit in reading.Hits)
        {
            foreach (var entry in _byTerm[hit.Id])
            {
                Try(reading, entry, hit.Token, cues, modifiers);
            }
        }

        foreach (var (token, kind, _) in reading.Spans)
        {
            foreach (var entry in _byClass[kind])
            {
                Try(reading, entry, token, cues, modifiers);
            }
        }
    }

    private static void Try(LexiconReading reading, Entry entry, int token, List<CueHit> cues, List<ModifierHit> modifiers)
    {
        if (!reading.MayHold(entry.Pattern.Parts))
        {
            return;
        }

        var last = reading.Match(entry.Pattern.Parts[0], token);
        if (last < 0 || !reading.HasParts(entry.Pattern, token))
        {
            return;
        }

        if (entry.Cue is not { } cue)
        {
            modifiers.Add(new ModifierHit(entry.Modifier, token, last));
        }
        else if (!IsThere(cues, cue, token) && !IsSomethingElse(reading, cue, token, last))
        {
            cues.Add(new CueHit(cue, token, last));
        }
    }

    /// <summary>A pattern that begins with one of several words may begin at one token in two ways.</summary>
    private static bool IsThere(List<CueHit> cues, Cue cue, int token)
    {
        for (var i = cues.Count - 1; i >= 0 && cues[i].First == token; i--)
        {
            if (ReferenceEquals(cues[i].Cue, cue))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSomethingElse(LexiconReading reading, Cue cue, int first, int last)
    {
        foreach (var part in cue.Not)
        {
            if (reading.MayHold(part) && reading.Touches(part, first, last))
            {
                return true;
            }
        }

        return false;
    }

    private static T[][] Table<T>(int count, Func<int, IEnumerable<T>> of) => [.. Enumerable.Range(0, count).Select(id => of(id).ToArray())];

    private static IEnumerable<(Entry Entry, Alternative Alternative)> Anchors(List<Entry> entries) =>
        entries.SelectMany(entry => entry.Pattern.Parts[0][0].Alternatives.Select(alternative => (entry, alternative)));

    private IEnumerable<Entry> ReadCues(TermIndex.Builder terms)
    {
        foreach (var language in Languages)
        {
            foreach (var row in DataFile.Rows(typeof(Lexicon), $"Tables.cues.{language}.csv", '|'))
            {
                Element[][] not = [.. Patterns(row[3], language, terms).Select(pattern => pattern.Parts[0])];
                foreach (var pattern in Patterns(row[2], language, terms))
                {
                    yield return new Entry(pattern, new Cue(ViolationType.Of(row[0]), int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture), pattern, not), default);
                }
            }
        }
    }

    private IEnumerable<Entry> ReadModifiers(TermIndex.Builder terms) =>
        DataFile.Rows(typeof(Lexicon), "Tables.modifiers.csv", '|')
            .SelectMany(row => Patterns(row[2], row[1], terms).Select(pattern => new Entry(pattern, null, Enum.Parse<Modifier>(row[0], ignoreCase: true))));

    private IEnumerable<Pattern> Patterns(string cell, string language, TermIndex.Builder terms) => cell == "-"
        ? []
        : cell.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => Pattern.Parse(text, language, terms, _classes)).ToList();

    /// <param name="Cue">Null for a modifier.</param>
    private sealed record Entry(Pattern Pattern, Cue? Cue, Modifier Modifier);
}
