using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>
/// Adds up what the rules of one recipient that choose a record say. What may not be told at once, and everything that a sensitive recipient is told, is
/// told daily, for no other reason than the digest: names of rules say what somebody watches.
/// </summary>
internal sealed class RoutingSum(Recipient recipient, AlertRecord record)
{
    private static readonly Reason Digest = Reason.Of("why.digest");

    /// <summary>A bit for each time.</summary>
    private int _told;
    private (TellingTime When, Reason Why)? _soonest;

    public Recipient Recipient => recipient;

    /// <summary>Null if nothing is told: a record that may not be told at once, to somebody without a digest.</summary>
    public Routing? Routing
    {
        get
        {
            var daily = Is(TellingTime.Daily) || (recipient.Digest is not null && (Is(TellingTime.AtOnce) || Is(TellingTime.Reviewed)));
            var routing = new Routing(
                recipient,
                AtOnce: Is(TellingTime.AtOnce),
                WhenReviewed: Is(TellingTime.Reviewed) && !Is(TellingTime.AtOnce),
                Hourly: Is(TellingTime.Hourly) && !Is(TellingTime.AtOnce),
                Daily: daily,
                Weekly: Is(TellingTime.Weekly),
                _soonest?.Why ?? Digest);
            return routing is { AtOnce: false, WhenReviewed: false, Hourly: false, Daily: false, Weekly: false } ? null : routing;
        }
    }

    public void Add(CompiledRule rule)
    {
        var when = WhenOf(rule.Chooses.When);
        if (when is TellingTime.Daily && recipient.Digest is null)
        {
            return;
        }

        _told |= 1 << (int)when;
        if (_soonest is not { } soonest || when < soonest.When)
        {
            var isAsAsked = !recipient.Sensitive && (when is not TellingTime.Daily || rule.Chooses.When is TellingTime.Daily);
            _soonest = (when, isAsAsked ? rule.Why : Digest);
        }
    }

    private TellingTime WhenOf(TellingTime when) => when switch
    {
        _ when recipient.Sensitive => TellingTime.Daily,
        TellingTime.AtOnce or TellingTime.Reviewed when !record.MayBeImmediate => TellingTime.Daily,
        TellingTime.Reviewed when record.Kind is not AlertKind.Item => TellingTime.AtOnce,
        _ => when,
    };

    private bool Is(TellingTime when) => (_told & (1 << (int)when)) != 0;
}
