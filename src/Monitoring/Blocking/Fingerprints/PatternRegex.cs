using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.Blocking.Fingerprints;

/// <summary>
/// A regular expression from outside, in time linear in the text: what the non-backtracking engine cannot do is refused. OONI compiles with DOTALL and
/// searches.
/// </summary>
/// <param name="Literal">Every match holds this text, so that most pages need not be searched; empty if none is known.</param>
internal sealed partial record PatternRegex(Regex Regex, string Literal)
{
    public const int MaxLength = 1000;

    /// <summary>Counted repeats are unrolled, one in another multiplied.</summary>
    private const double MaxRepeats = 10_000;

    /// <summary>A safety net only: within the limits above half a MiB takes milliseconds.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <returns>The expression, or why it is refused.</returns>
    public static (PatternRegex? Regex, string? Why) Read(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"a regular expression of at most {MaxLength} characters is expected, {pattern.Length} were found"));
        }

        if (Counts().Matches(pattern).Aggregate(1.0, (all, count) => all * Math.Max(1, Most(count))) > MaxRepeats)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"the numbers in braces repeat more than {MaxRepeats:0} times together"));
        }

        try
        {
            return (new PatternRegex(new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant, Timeout), RequiredLiteral.Of(pattern)), null);
        }
        catch (RegexParseException wrong)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"is no regular expression: {wrong.Error} at character {wrong.Offset}"));
        }
        catch (NotSupportedException)
        {
            return (null, "a regular expression without backreferences, lookarounds, conditions and atomic groups is expected");
        }
    }

    /// <summary>Where it is found, in characters; null if nowhere, or if the net held.</summary>
    public (int Index, int Length)? Find(string text)
    {
        try
        {
            return Regex.Match(text) is { Success: true } match ? (match.Index, match.Length) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static double Most(Match count) => double.Parse(count.Groups["most"] is { Success: true } most ? most.ValueSpan : count.Groups["least"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?<least>[0-9]+)(?:,(?<most>[0-9]+)?)?\}", RegexOptions.NonBacktracking)]
    private static partial Regex Counts();
}
