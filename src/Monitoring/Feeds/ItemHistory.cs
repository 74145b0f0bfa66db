using System.Globalization;

namespace Monitoring.Feeds;

/// <summary>A source that answers and has stopped telling anything.</summary>
/// <param name="Since">The last day with a new item.</param>
/// <param name="UsualPerDay">New items a day before that.</param>
public sealed record GoneQuiet(DateOnly Since, double UsualPerDay);

/// <summary>
/// How many new items a source had on each UTC day, from the first day with one to the last, at most four weeks. Written as the first day and the counts:
/// <c>2026-10-26 3 0 5</c>. Days after the last are days without.
/// </summary>
public sealed record ItemHistory
{
    private const int MostDays = 28;

    /// <summary>Before, a source's habits are not known.</summary>
    private const int KnownAfterDays = 7;

    /// <summary>Weekdays differ: each must have been seen twice.</summary>
    private const int JudgedAfterDays = 14;

    /// <summary>
    /// So many items must be missing. Items that come by themselves miss so often by chance once in exp(8), three thousand times; they come in bursts, hence
    /// the second condition.
    /// </summary>
    private const double MissingAtLeast = 8;

    /// <summary>Silences happen: this one must be longer than the longest so far, by this factor.</summary>
    private const double LongerThanEver = 1.5;

    private readonly DateOnly _first;
    private readonly int[] _counts;

    private ItemHistory(DateOnly first, int[] counts) => (_first, _counts) = (first, counts);

    public static ItemHistory None { get; } = new(default, []);

    private DateOnly Last => _first.AddDays(_counts.Length - 1);

    public static ItemHistory Parse(string? text)
    {
        var parts = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length < 2 || !DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            ? None
            : new ItemHistory(first, [.. parts.Skip(1).Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0)]);
    }

    public override string ToString() => _counts.Length == 0 ? "" : $"{_first:yyyy-MM-dd} {string.Join(' ', _counts)}";

    /// <summary>With what a visit brought. A clock that went back counts for the last day.</summary>
    public ItemHistory Add(DateTimeOffset now, int items)
    {
        if (items <= 0)
        {
            return this;
        }

        var today = Day(now);
        if (_counts.Length == 0)
        {
            return new ItemHistory(today, [items]);
        }

        var silent = Math.Clamp(today.DayNumber - Last.DayNumber, 0, MostDays);
        var last = today > Last ? today : Last;
        int[] counts = [.. _counts, .. Enumerable.Repeat(0, silent)];
        counts[^1] += items;
        counts = counts[Math.Max(0, counts.Length - MostDays)..];
        return new ItemHistory(last.AddDays(1 - counts.Length), counts);
    }

    /// <summary>Usual time between two new items; null while the source's habits are not known.</summary>
    public TimeSpan? UsualGap(DateTimeOffset now)
    {
        var days = Day(now).DayNumber - _first.DayNumber;
        return _counts.Length == 0 || days < KnownAfterDays ? null : TimeSpan.FromDays((double)days / _counts.Sum());
    }

    /// <summary>Whether the source is silent against its own habits, weekday by weekday; null: it is not, or not known long enough.</summary>
    public GoneQuiet? Quiet(DateTimeOffset now)
    {
        if (_counts.Length < JudgedAfterDays || Day(now).DayNumber - Last.DayNumber - 1 < LongerThanEver * LongestSilence())
        {
            return null;
        }

        var missing = 0.0;
        for (var day = Last.AddDays(1); day < Day(now) && missing < MissingAtLeast; day = day.AddDays(1))
        {
            missing += Usual(day.DayOfWeek);
        }

        return missing < MissingAtLeast ? null : new GoneQuiet(Last, (double)_counts.Sum() / _counts.Length);
    }

    private double Usual(DayOfWeek weekday) => _counts.Where((_, index) => _first.AddDays(index).DayOfWeek == weekday).Average();

    private int LongestSilence()
    {
        var (longest, silent) = (0, 0);
        foreach (var count in _counts)
        {
            silent = count == 0 ? silent + 1 : 0;
            longest = Math.Max(longest, silent);
        }

        return longest;
    }

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
