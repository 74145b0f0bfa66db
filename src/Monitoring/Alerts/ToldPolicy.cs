namespace Monitoring.Alerts;

/// <summary>
/// Whether a record says anything to a recipient that was not said before, and whether that is a mail. Pure. In this order:
/// 1. it was taken back: those who were told by it hear that, once; 2. what was taken back holds again: those hear that; 3. it says more than was told of the matter: the matter
/// itself, or an update; 4. an editor confirmed the matter: told once; 5. told as confirmed and waiting again: those hear that; 6. it no longer says all that it told: those hear that;
/// 7. otherwise nothing: a copy.
/// </summary>
public static class ToldPolicy
{
    /// <param name="told">All that the recipient was told of the matter, in order.</param>
    /// <param name="isNews">False if only corrections are due: what is known for long is news to nobody.</param>
    /// <returns>Null if there is nothing to say.</returns>
    public static AlertChange? Next(IReadOnlyList<ToldAlert> told, AlertRecord record, bool isNews)
    {
        var last = told.LastOrDefault(alert => alert.Record == record.Key);
        if (record.Review is AlertReview.Dismissed or AlertReview.Withdrawn)
        {
            return last is null || last.Review == record.Review ? null : record.Review is AlertReview.Dismissed ? AlertChange.Dismissed : AlertChange.Withdrawn;
        }

        return (last, isNews) switch
        {
            ({ Review: AlertReview.Dismissed or AlertReview.Withdrawn }, _) => AlertChange.Reinstated,
            (_, true) when AlertFacts.Of(record).Except(told.SelectMany(alert => alert.Facts), StringComparer.Ordinal).Any() =>
                told.Count == 0 || record.Kind is not AlertKind.Item ? AlertChange.New : AlertChange.Update,
            _ when record.Review is AlertReview.Confirmed => (last is not null || isNews) && !told.Any(alert => alert.Review is AlertReview.Confirmed) ? AlertChange.Confirmed : null,
            ({ Review: AlertReview.Confirmed }, _) => AlertChange.Reopened,
            (not null, true) when last.Facts.Except(record.Facts, StringComparer.Ordinal).Any(AlertFacts.IsSaid) => AlertChange.Changed,
            _ => null,
        };
    }

    /// <summary>
    /// A mail of its own: news if the rules want it; a confirmation if the recipient waited for it; a correction for exactly those whom a mail told what it corrects.
    /// </summary>
    /// <param name="routing">Null if no rule of the recipient chooses it any more.</param>
    public static bool IsAtOnce(AlertChange change, IReadOnlyList<ToldAlert> told, AlertRecord record, Routing? routing)
    {
        var wantsConfirmed = routing is { WhenReviewed: true } && record is { Review: AlertReview.Confirmed, MayBeImmediate: true };
        return change switch
        {
            AlertChange.New or AlertChange.Update => routing is { AtOnce: true } || wantsConfirmed,
            AlertChange.Confirmed => wantsConfirmed && !told.Any(alert => alert.By is not ToldBy.Digest),
            _ => told.Any(alert => alert.Record == record.Key && alert.By is not ToldBy.Digest),
        };
    }
}
