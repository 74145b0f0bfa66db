using Monitoring.Alerts;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Alerts;

/// <summary>Who is told what, found by asking everybody, written straight from what the fields mean: what the index is compared with.</summary>
internal static class NaiveRules
{
    public static IEnumerable<(string Recipient, string Told)> Match(IEnumerable<Recipient> recipients, AlertRecord record)
    {
        foreach (var recipient in recipients)
        {
            var times = Times(recipient, record).ToHashSet();
            if (recipient.Digest is not null && (times.Contains(TellingTime.AtOnce) || times.Contains(TellingTime.Reviewed)))
            {
                times.Add(TellingTime.Daily);
            }

            if (!record.MayBeImmediate)
            {
                times.ExceptWith([TellingTime.AtOnce, TellingTime.Reviewed]);
            }

            if (times.Contains(TellingTime.AtOnce))
            {
                times.ExceptWith([TellingTime.Reviewed, TellingTime.Hourly]);
            }

            if (recipient.Sensitive && times.Count > 0)
            {
                times = recipient.Digest is null ? [] : [TellingTime.Daily];
            }

            if (times.Count > 0)
            {
                yield return (recipient.Id, string.Join(' ', times.Order()));
            }
        }
    }

    private static IEnumerable<TellingTime> Times(Recipient recipient, AlertRecord record)
    {
        var isItem = record.Kind is AlertKind.Item;
        if (recipient.Follow.Any(record.Subjects.Contains))
        {
            yield return TellingTime.AtOnce;
        }

        foreach (var rule in recipient.Rules.Where(rule => IsChosen(rule, record, isItem)))
        {
            yield return rule.When is TellingTime.Reviewed && !isItem ? TellingTime.AtOnce : rule.When;
        }

        if (!IsAny(recipient.Countries, record.Country) || !(record.ConcernsAll || recipient.Only.Count == 0 || recipient.Only.Any(record.Subjects.Contains)))
        {
            yield break;
        }

        if (isItem ? record.Severity >= recipient.AtOnce : recipient.Sites)
        {
            yield return TellingTime.AtOnce;
        }

        if (recipient.Digest is not null)
        {
            yield return TellingTime.Daily;
        }

        if (recipient.Weekly is not null && !recipient.Rules.Any(rule => rule.When is TellingTime.Weekly))
        {
            yield return TellingTime.Weekly;
        }
    }

    private static bool IsChosen(TellingRule rule, AlertRecord record, bool isItem) =>
        rule.About != (isItem ? TellingScope.Sites : TellingScope.Items)
        && record.Severity >= rule.Severity
        && (rule.Subjects.Count == 0 || record.ConcernsAll || rule.Subjects.Any(record.Subjects.Contains))
        && (rule.Violations.Count == 0 || rule.Violations.Any(record.Violations.Contains))
        && (!isItem || IsAny(rule.Languages, record.Language))
        && IsAny(rule.Countries, record.Country);

    private static bool IsAny(IReadOnlyList<string> chosen, string? value) => chosen.Count == 0 || (value is not null && chosen.Contains(value));
}
