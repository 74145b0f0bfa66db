using System.Globalization;
using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Support;

/// <summary>
/// Checks written as letters, one a minute: O good; d, t, l, p signs of blocking by DNS, TCP, TLS, page, and D, T, L, P the same confirmed; x down for everybody;
/// s slowed down; ? undecided, r refused by the site, v the vantage at fault. Walks the rules over them as the recording does.
/// </summary>
internal sealed class EpisodeWalk(VantageKind via, AvailabilityOptions options)
{
    private readonly EpisodeThresholds _thresholds = new(options.OpenAfter, options.CloseAfter);
    private IReadOnlyList<Outcome> _window = [];
    private string? _openFamily;
    private int _minute;

    public List<(int Minute, EpisodeChange Change)> Changes { get; } = [];

    public VantageKind Via => via;

    public IReadOnlyList<Outcome> Window => _window;

    public static Verdict VerdictOf(char sign) => new(
        char.ToLowerInvariant(sign) switch
        {
            'o' => Verdict.Reachable,
            'd' => "blocked.dns_nxdomain",
            't' => "blocked.tcp_timeout",
            'l' => "blocked.tls_reset",
            'p' => "blocked.http_blockpage",
            's' => "blocked.throttled",
            'x' => "down_everywhere.tcp_timeout",
            'r' => Verdict.RefusedBySite,
            'v' => Verdict.VantageFault,
            _ => Verdict.Undecided,
        },
        sign is 'D' or 'T' or 'L' or 'P' or 'O' ? Grade.Confirmed : Grade.Suspected,
        "bd-1",
        []);

    public static DateTimeOffset At(int minute) => Some.Time.AddMinutes(minute);

    public static int MinuteOf(DateTimeOffset at) => (int)(at - Some.Time).TotalMinutes;

    public EpisodeWalk Over(string checks)
    {
        foreach (var sign in checks)
        {
            var verdict = VerdictOf(sign);
            (_window, var change) = EpisodeRules.Step(_window, _openFamily, verdict, via, At(_minute), _thresholds);
            _openFamily = change switch
            {
                EpisodeChange.Closed => null,
                null => _openFamily,
                _ => verdict.Family,
            };
            if (change is not null)
            {
                Changes.Add((_minute, change));
            }

            _minute++;
        }

        return this;
    }

    /// <summary>What happened, e.g. <c>3 opened since 1 Likely 3x, 8 closed since 6</c>.</summary>
    public override string ToString() => string.Join(", ", Changes.Select(change => Say(change.Minute, change.Change)));

    private static string Say(int minute, EpisodeChange change) => change switch
    {
        EpisodeChange.Opened opened => string.Create(CultureInfo.InvariantCulture, $"{minute} opened since {MinuteOf(opened.Since)} {opened.Grade} {opened.Checks}x"),
        EpisodeChange.Changed changed => string.Create(CultureInfo.InvariantCulture, $"{minute} changed since {MinuteOf(changed.Since)} {changed.Grade} {changed.Checks}x"),
        EpisodeChange.Closed closed => string.Create(CultureInfo.InvariantCulture, $"{minute} closed since {MinuteOf(closed.Since)}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
