using System.Globalization;

namespace Monitoring.Fetching;

/// <summary>The Retry-After header (RFC 9110 section 10.2.3): seconds, or a date.</summary>
public static class RetryAfter
{
    /// <summary>Longer waits are cut to this; a server that says a year still sees us next week.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Null if the value is neither form. Never negative.</summary>
    public static TimeSpan? Read(string? value, DateTimeOffset now)
    {
        value = value?.Trim();

        // Digits first: the parser would also take "NaN" and "-Infinity".
        if (value is [>= '0' and <= '9', ..] && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
        }

        if (!DateTimeOffset.TryParseExact(value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return null;
        }

        var wait = date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
    }
}
