using System.Globalization;

namespace Monitoring.Watchlist.Files;

/// <summary>The field <c>quiet</c> of a recipient: <c>22:00-07:00</c>, past midnight if it ends before it begins.</summary>
internal static class QuietField
{
    public const string Name = "quiet";

    private const string Time = "HH:mm";

    public static QuietHours? Read(FieldReader fields) => fields.Value(Name, Parse, "two different times of day such as 22:00-07:00 are expected");

    public static string? Word(QuietHours? quiet) => quiet is { } hours ? $"{Word(hours.From)}-{Word(hours.To)}" : null;

    private static QuietHours? Parse(string text) =>
        text.Split('-') is [var from, var to] && Parsed(from) is { } begins && Parsed(to) is { } ends && begins != ends ? new QuietHours(begins, ends) : null;

    private static TimeOnly? Parsed(string text) =>
        TimeOnly.TryParseExact(text.Trim(), Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static string Word(TimeOnly time) => time.ToString(Time, CultureInfo.InvariantCulture);
}
