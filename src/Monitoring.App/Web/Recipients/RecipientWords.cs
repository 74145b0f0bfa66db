using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Alerts.Mails;
using Monitoring.Violations;
using Monitoring.Watchlist;

namespace Monitoring.App.Web.Recipients;

/// <summary>What a recipient is told and when, in words.</summary>
internal static class RecipientWords
{
    private const string SiteMute = "site.";

    public static string Of(TellingTime time) => time switch
    {
        TellingTime.AtOnce => "at once",
        TellingTime.Reviewed => "at once, when an editor has confirmed it",
        TellingTime.Hourly => "every hour",
        TellingTime.Daily => "in the daily mail",
        _ => "in the weekly overview",
    };

    /// <summary>E.g. <c>items at least high, about Detention, of Short detention, in kk or ru, of KZ</c>.</summary>
    public static string Of(TellingRule rule)
    {
        var about = rule.About switch
        {
            TellingScope.Items => "items",
            TellingScope.Sites => "sites",
            _ => "items and sites",
        };
        string?[] parts =
        [
            rule.Severity is Severity.Info ? $"all {about}" : $"{about} at least {Of(rule.Severity)}",
            Any("about", rule.Subjects),
            Any("of", [.. rule.Violations.Select(code => ViolationType.Find(code) is { } type ? Texts.English[type.Label] : code)]),
            Any("in", rule.Languages),
            Any("of", rule.Countries),
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    /// <summary>What the daily and weekly mails are, and when.</summary>
    public static string Digests(Recipient recipient) => recipient switch
    {
        { Digest: null } => "none",
        { Weekly: { } day } => $"every day at {Of(recipient.Digest.Value)}{Empty(recipient)}; an overview every {day} at the same time",
        _ => $"every day at {Of(recipient.Digest.Value)}{Empty(recipient)}",
    };

    /// <summary>What the fields outside rules ask to be told at once.</summary>
    public static string AtOnce(Recipient recipient) => (recipient.AtOnce, recipient.Sites) switch
    {
        (null, false) => "nothing",
        (null, true) => "sites that are blocked, down or reachable again",
        ({ } least, false) => $"items at least {Of(least)}",
        ({ } least, true) => $"items at least {Of(least)}, and sites that are blocked, down or reachable again",
    };

    public static string Quiet(QuietHours? quiet) => quiet is { } hours ? $"{Of(hours.From)} to {Of(hours.To)}; what is not critical waits for their end" : "none";

    /// <summary>Whether mails are encrypted, with what key and how long.</summary>
    public static string Sealing(Recipient recipient, DateTimeOffset now) => recipient.PgpKey is not { } block
        ? "none"
        : PgpKey.Read(block) switch
        {
            ({ Until: null } key, _) => $"key {key.Fingerprint}, without end",
            ({ } key, _) when key.HasExpired(now) => string.Create(CultureInfo.InvariantCulture, $"key {key.Fingerprint}, ended {key.Until:yyyy-MM-dd}; no mail is sent until it is replaced"),
            ({ } key, _) => string.Create(CultureInfo.InvariantCulture, $"key {key.Fingerprint}, until {key.Until:yyyy-MM-dd}"),
            (null, var problem) => $"no mail is sent: {problem}",
        };

    /// <summary>Why not everything that a recipient's rules choose is mailed.</summary>
    public static IEnumerable<(string Word, DateTimeOffset Since)> Troubles(RecipientState state)
    {
        if (state.Suspended is { } suspended)
        {
            yield return ("Suspended", suspended);
        }

        if (state.AlertsStopped is { } alerts)
        {
            yield return ("Unsubscribed from mails at once", alerts);
        }

        if (state.DigestsStopped is { } digests)
        {
            yield return ("Unsubscribed from digests", digests);
        }
    }

    /// <summary>Where what is muted is shown: <c>story.…</c> or <c>site.…</c>.</summary>
    public static string PageOf(string mute) => mute.StartsWith(SiteMute, StringComparison.Ordinal) ? $"/availability/{mute[SiteMute.Length..]}" : $"/stories/{mute[(mute.IndexOf('.', StringComparison.Ordinal) + 1)..]}";

    public static string OfMute(string mute, WatchlistSnapshot list) =>
        mute.StartsWith(SiteMute, StringComparison.Ordinal) ? $"Site {list.Find<Site>(EntryKind.Site, mute[SiteMute.Length..])?.Name ?? "that is no longer listed"}" : "A story";

    private static string Empty(Recipient recipient) => recipient.EmptyDigests ? "" : ", unless there is nothing to say";

    private static string Of(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Of(Severity severity) => severity.ToString().ToLowerInvariant();

    private static string? Any(string word, IReadOnlyList<string> values) => values.Count == 0 ? null : $"{word} {string.Join(" or ", values)}";
}
