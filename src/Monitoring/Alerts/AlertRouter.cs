using System.Globalization;
using System.Runtime.CompilerServices;
using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>
/// Tells a record to everybody whose rules want it, and what became of it to everybody who was told. Idempotent: what is told is written down first, under a number that only one
/// worker can take, and everything after it has keys that derive from that: so calling it again after a crash adds what is missing and nothing else.
/// </summary>
public sealed class AlertRouter(ToldLog log, RecipientStates states, MailLane lane, UnreviewedMails unreviewed, AlertSending sending, AlertsOptions options, TimeProvider time)
{
    /// <summary>A list of recipients is read once for each version of the watch list, and so are its rules.</summary>
    private readonly ConditionalWeakTable<IReadOnlyList<Recipient>, RuleIndex> _rules = [];

    /// <param name="isNews">False if only corrections are due: what is known for long is news to nobody.</param>
    public async Task TellAsync(AlertRecord record, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken, bool isNews = true)
    {
        await (record.Review is AlertReview.None or AlertReview.Unreviewed ? Task.CompletedTask : unreviewed.RemoveAsync(record.Key, cancellationToken));
        var told = await log.ReadAsync(record.Matter, cancellationToken);
        var routed = _rules.GetValue(recipients, RuleIndex.Of).Match(record).ToDictionary(routing => routing.Recipient.Id, StringComparer.Ordinal);
        foreach (var routing in routed.Values)
        {
            await TellAsync(record, routing.Recipient, routing, told, isNews, cancellationToken);
        }

        foreach (var recipient in recipients.Where(recipient => !routed.ContainsKey(recipient.Id) && told.Contains(recipient.Id)))
        {
            await TellAsync(record, recipient, routing: null, told, isNews: false, cancellationToken);
        }
    }

    /// <summary>Whether one of these recipients was or will be told of an alert, by a mail of its own or in a digest.</summary>
    public async Task<bool> WasToldAsync(string alertKey, IEnumerable<string> recipientIds, CancellationToken cancellationToken)
    {
        foreach (var recipientId in recipientIds)
        {
            if (await sending.WasToldAsync(recipientId, alertKey, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task TellAsync(AlertRecord record, Recipient recipient, Routing? routing, ILookup<string, ToldAlert> told, bool isNews, CancellationToken cancellationToken)
    {
        // What a run that died wrote down last and did not finish.
        var mine = told[recipient.Id].ToList();
        if (mine.LastOrDefault(alert => alert.Record == record.Key) is { } unfinished)
        {
            await sending.SendAsync(unfinished, mine, record, recipient, routing, cancellationToken);
        }

        while (ToldPolicy.Next(mine, record, isNews) is { } change && await MayTellAsync(record, change, recipient.Id, cancellationToken))
        {
            var next = await MakeAsync(change, mine, record, recipient, routing, cancellationToken);
            if (await log.AddAsync(record.Matter, next, cancellationToken))
            {
                await sending.SendAsync(next, [.. mine, next], record, recipient, routing, cancellationToken);
                return;
            }

            mine = [.. (await log.ReadAsync(record.Matter, cancellationToken))[recipient.Id]];
        }
    }

    /// <summary>News of what is muted is not told; that something told was wrong always is.</summary>
    private async Task<bool> MayTellAsync(AlertRecord record, AlertChange change, string recipientId, CancellationToken cancellationToken) =>
        change is not (AlertChange.New or AlertChange.Update or AlertChange.Confirmed) || record.Mute is null || !await states.IsMutedAsync(recipientId, record.Mute, cancellationToken);

    private async Task<ToldAlert> MakeAsync(
        AlertChange change, IReadOnlyList<ToldAlert> told, AlertRecord record, Recipient recipient, Routing? routing, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = told.Count(alert => alert.Record == record.Key);
        return new ToldAlert
        {
            RecipientId = recipient.Id,
            Number = told.Count,
            Record = record.Key,
            Change = change,
            Review = record.Review,
            By = await WayAsync(change, told, record, recipient, routing, now, cancellationToken),
            Facts = AlertFacts.Of(record),
            At = now,
            Key = before == 0 ? record.Key : string.Create(CultureInfo.InvariantCulture, $"{record.Key}~{before}"),
        };
    }

    private async Task<ToldBy> WayAsync(
        AlertChange change, IReadOnlyList<ToldAlert> told, AlertRecord record, Recipient recipient, Routing? routing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!ToldPolicy.IsAtOnce(change, told, record, routing) || !(await states.GetAsync(recipient.Id, cancellationToken)).Wants(MailList.Alerts))
        {
            return ToldBy.Digest;
        }

        // What corrects something that waits to be summed up waits with it.
        var corrected = told.LastOrDefault(alert => alert.Record == record.Key);
        var hasPlace = corrected?.By is not ToldBy.Summary
            && await lane.TakeAsync(recipient.Id, recipient.MostPerHour ?? options.MostPerHour, now, due => sending.AskForSummaryAsync(recipient.Id, due, cancellationToken), cancellationToken);
        return hasPlace ? ToldBy.Mail : ToldBy.Summary;
    }
}
