namespace Monitoring.Availability.Ooni;

/// <summary>
/// What OONI's opinion changes: a site that it calls likely blocked is checked twice as often, and with it one confirmed vantage is enough to say "blocked in the
/// country". It opens no episode and no alert.
/// </summary>
public sealed class OoniAgreement(OoniStore opinions, OoniOptions options)
{
    /// <summary>An opinion of the day before yesterday is the last that counts: one day may fail.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(3);

    /// <summary>Whether OONI calls the site likely blocked; asks nobody unless the setting says so.</summary>
    public async Task<bool> IsLikelyAsync(string siteId, DateTimeOffset now, CancellationToken cancellationToken) =>
        options.Enabled && IsLikely(await opinions.GetLastAsync(siteId, cancellationToken), now);

    /// <inheritdoc cref="IsLikelyAsync"/>
    public static bool IsLikely(OoniReport? last, DateTimeOffset now) =>
        last is { Opinion.Sign: OoniSign.Likely } && now - new DateTimeOffset(last.Until, TimeOnly.MinValue, TimeSpan.Zero) < Fresh;
}
