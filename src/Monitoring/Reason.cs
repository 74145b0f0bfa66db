using System.Globalization;

namespace Monitoring;

/// <summary>
/// One reason of a flag, a verdict or a mail, kept as the name of a text and its values, so that it can be said in every language of the mails.
/// </summary>
/// <param name="Text">Names the text, e.g. <c>reason.listed</c>.</param>
/// <param name="Values">Fill its places in order. A value that begins with <c>@</c> names a text itself; one made by <see cref="Duration"/> is said as hours and minutes.</param>
public sealed record Reason(string Text, IReadOnlyList<string> Values)
{
    public const string DurationMark = "#seconds:";

    public static Reason Of(string text, params ReadOnlySpan<string> values) => new(text, values.ToArray());

    public static string Duration(TimeSpan duration) => DurationMark + ((long)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
