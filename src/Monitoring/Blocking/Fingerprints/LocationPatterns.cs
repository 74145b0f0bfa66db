using System.Text;
using System.Text.Unicode;

namespace Monitoring.Blocking.Fingerprints;

/// <summary>The patterns of one location, compared with one value: all texts in one pass, a regular expression only where its literal was found. Immutable.</summary>
internal sealed class LocationPatterns
{
    /// <summary>Needles this long let the automaton skip; a shorter one among them would not.</summary>
    private const int LongNeedle = 4;

    private readonly List<(byte[] Bytes, Fingerprint Fingerprint)> _wholes = [];
    private readonly List<(byte[] Bytes, Fingerprint Fingerprint)> _beginnings = [];
    private readonly List<Expression> _anywhere = [];
    private readonly (ByteAutomaton Automaton, Needle[] Needles)[] _searches;

    public LocationPatterns(IEnumerable<Fingerprint> fingerprints)
    {
        var needles = new Dictionary<string, Needle>(StringComparer.Ordinal);
        foreach (var fingerprint in fingerprints)
        {
            switch (fingerprint.Type)
            {
                case PatternType.Full:
                    _wholes.Add((Encoding.UTF8.GetBytes(fingerprint.Pattern), fingerprint));
                    break;
                case PatternType.Prefix:
                    _beginnings.Add((Encoding.UTF8.GetBytes(fingerprint.Pattern), fingerprint));
                    break;
                case PatternType.Contains:
                    NeedleOf(needles, fingerprint.Pattern).Fingerprints.Add(fingerprint);
                    break;
                default:
                    var expression = Expression.Of(fingerprint);
                    var isNarrow = Encoding.UTF8.GetByteCount(expression.Regex.Literal) >= LongNeedle;
                    (isNarrow ? NeedleOf(needles, expression.Regex.Literal).Expressions : _anywhere).Add(expression);
                    break;
            }
        }

        _searches = [.. needles.Values.GroupBy(needle => needle.Bytes.Length >= LongNeedle, (_, alike) => Search([.. alike]))];
    }

    /// <summary>Adds what matches to <paramref name="matches"/>.</summary>
    public void Match(ReadOnlySpan<byte> value, List<FingerprintMatch> matches)
    {
        foreach (var (bytes, fingerprint) in _wholes)
        {
            if (value.SequenceEqual(bytes))
            {
                matches.Add(FingerprintMatch.Of(fingerprint, 0, bytes.Length));
            }
        }

        foreach (var (bytes, fingerprint) in _beginnings)
        {
            if (value.StartsWith(bytes))
            {
                matches.Add(FingerprintMatch.Of(fingerprint, 0, bytes.Length));
            }
        }

        var expressions = new List<Expression>(_anywhere);
        foreach (var (automaton, needles) in _searches)
        {
            foreach (var (found, end) in automaton.Find(value))
            {
                var needle = needles[found];
                matches.AddRange(needle.Fingerprints.Select(fingerprint => FingerprintMatch.Of(fingerprint, end - needle.Bytes.Length, needle.Bytes.Length)));
                expressions.AddRange(needle.Expressions);
            }
        }

        MatchExpressions(value, expressions, matches);
    }

    private static void MatchExpressions(ReadOnlySpan<byte> value, List<Expression> expressions, List<FingerprintMatch> matches)
    {
        if (expressions.Count == 0)
        {
            return;
        }

        var text = Encoding.UTF8.GetString(value);
        foreach (var (fingerprint, regex) in expressions)
        {
            if (regex.Find(text) is var (index, length))
            {
                var position = BytesOf(value, index);
                matches.Add(FingerprintMatch.Of(fingerprint, position, BytesOf(value[position..], length)));
            }
        }
    }

    /// <summary>How many bytes stand for so many characters, damaged ones among them.</summary>
    private static int BytesOf(ReadOnlySpan<byte> value, int characters)
    {
        Utf8.ToUtf16(value, new char[characters], out var bytes, out _, replaceInvalidSequences: true);
        return bytes;
    }

    private static Needle NeedleOf(Dictionary<string, Needle> needles, string text)
    {
        if (!needles.TryGetValue(text, out var needle))
        {
            needles[text] = needle = new Needle(Encoding.UTF8.GetBytes(text), [], []);
        }

        return needle;
    }

    private static (ByteAutomaton Automaton, Needle[] Needles) Search(Needle[] needles) => (new ByteAutomaton([.. needles.Select(needle => needle.Bytes)]), needles);

    private sealed record Needle(byte[] Bytes, List<Fingerprint> Fingerprints, List<Expression> Expressions);

    private sealed record Expression(Fingerprint Fingerprint, PatternRegex Regex)
    {
        public static Expression Of(Fingerprint fingerprint) =>
            new(fingerprint, PatternRegex.Read(fingerprint.Pattern) is ({ } regex, _) ? regex : throw new ArgumentException($"The expression of the fingerprint {fingerprint.Name} was never checked.", nameof(fingerprint)));
    }
}
