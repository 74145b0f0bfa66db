using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Languages;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <summary>
/// The one idempotent step from a stored item to its consequences: findings, flag with its queue row, alerts; then the item is marked with the rules
/// that understood it, and its pending row goes. A crash anywhere leaves the pending row, and the step runs again from its beginning.
/// </summary>
public sealed class Understanding(ItemStore items, FindingStore findings, FlagStore flags, AlertRouter alerts, ArticleWatch articles, ItemsOptions options)
{
    private const int MaxReasons = 8;

    /// <summary>What the matchers read: the title, then the text.</summary>
    public static string WholeText(string title, string text) => text.Length == 0 ? title : $"{title}\n{text}";

    /// <summary>By which alerts about an item are known; the key of an alert that was told stays when the item goes.</summary>
    public static string AlertKeyOf(ItemKey item) => $"item.{item}";

    /// <returns>True if the item is flagged.</returns>
    public async Task<bool> UnderstandAsync(ItemKey key, CompiledList compiled, CancellationToken cancellationToken)
    {
        // The mark before the item: if a new version comes in between, its mark is another one.
        var mark = await items.GetPendingMarkAsync(key, cancellationToken);
        if (await items.GetAsync(key, cancellationToken) is not { } item)
        {
            await RemovePendingAsync(key, mark, cancellationToken);
            return false;
        }

        var text = WholeText(item.Title, await items.GetWholeTextAsync(item, cancellationToken));
        var found = compiled.Find(text);
        await findings.ReplaceAsync(key, found, compiled.UnderstoodBy, cancellationToken);

        var source = compiled.List.FindSource(key.SourceId);
        var outlet = compiled.List.FindOutlet(source?.Outlet);
        var assessed = Assessment.Assess(text, found, outlet?.Id, compiled.SeverityOf);
        if (assessed is not null)
        {
            var flag = MakeFlag(item, text, found, assessed, outlet?.Name ?? source?.Name, compiled.UnderstoodBy);
            if (!await SaveAsync(flag, cancellationToken))
            {
                return true;
            }

            await TellAsync(flag, item, compiled.List.Recipients, cancellationToken);
            await articles.BeginAsync(source, item, cancellationToken);
            Telemetry.Flags.Add(1, Telemetry.Tag(Telemetry.Severity, flag.Severity.ToString().ToLowerInvariant()));
        }

        if (await items.MarkUnderstoodAsync(item, compiled.UnderstoodBy, cancellationToken) is SaveResult.Saved)
        {
            await RemovePendingAsync(key, mark, cancellationToken);
        }

        return assessed is not null;
    }

    /// <summary>That an article was taken away stands in digests; nobody is mailed at once for it.</summary>
    private async Task TellAsync(Flag flag, Item item, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken)
    {
        var alert = MakeAlert(flag, item);
        await alerts.TellAsync(alert, recipients, cancellationToken);
        if (item.Gone is { BackAt: null } gone)
        {
            var taken = alert with { Key = $"gone.{item.Key}.{Keys.Day(gone.Since)}", At = gone.Confirmed, MayBeImmediate = false, Fact = FlagFact.Gone(flag.Subjects) };
            await alerts.TellAsync(taken, recipients, cancellationToken);
        }
    }

    private Task RemovePendingAsync(ItemKey key, string? mark, CancellationToken cancellationToken) =>
        mark is null ? Task.CompletedTask : items.RemovePendingAsync(key, mark, cancellationToken);

    /// <summary>False if somebody changed the flag at the same moment: the item stays pending and is understood again.</summary>
    private async Task<bool> SaveAsync(Flag flag, CancellationToken cancellationToken)
    {
        var before = await flags.GetAsync(flag.Item, cancellationToken);
        var after = before switch
        {
            null or { State: FlagState.New } => flag,
            var decided when SaysMore(flag, decided) => flag with { Reasons = [.. flag.Reasons, Reason.Of("reason.reopened")] },
            var decided => flag with { State = decided.State, DecidedBy = decided.DecidedBy, DecidedAt = decided.DecidedAt, Note = decided.Note },
        };
        return await flags.SaveAsync(after, before, cancellationToken) is SaveResult.Saved;
    }

    private static bool SaysMore(Flag flag, Flag decided) => flag.Severity > decided.Severity || flag.Subjects.Except(decided.Subjects).Any();

    private Flag MakeFlag(Item item, string text, IReadOnlyList<Finding> found, Assessed assessed, string? outlet, string understoodBy) => new()
    {
        Item = item.Key,
        Severity = assessed.Severity,
        Subjects = assessed.Subjects,
        Title = item.Title.Length > 0 ? item.Title : item.Summary,
        Outlet = outlet,
        Country = item.Country,
        Language = item.Language,
        Link = item.Link,
        Published = item.Published,
        At = item.ContentSeen,
        Passage = MarkedText.Of(text, assessed.Passage.Start, assessed.Passage.Length, found.Select(finding => finding.Mark)),
        Reasons = [.. assessed.Reasons.Take(MaxReasons), .. WhyNotAtOnce(item), .. item.Gone is { } gone ? [gone.Reason] : (Reason[])[]],
        UnderstoodBy = understoodBy,
    };

    /// <summary>Old news is not an alert: neither what was there before us, nor what is undated or was published long before.</summary>
    private IEnumerable<Reason> WhyNotAtOnce(Item item)
    {
        if (item.IsBaseline)
        {
            yield return Reason.Of("reason.baseline");
        }
        else if (item.Published is null)
        {
            yield return Reason.Of("reason.undated");
        }
        else if (item.FirstSeen - item.Published > options.OldAfter)
        {
            yield return Reason.Of("reason.old", ((int)options.OldAfter.TotalHours).ToString(CultureInfo.InvariantCulture));
        }
    }

    private AlertRecord MakeAlert(Flag flag, Item item) => new()
    {
        Key = AlertKeyOf(flag.Item),
        Kind = AlertKind.Item,
        Severity = flag.Severity,
        Country = flag.Country,
        At = flag.Published ?? flag.At,
        Subjects = [.. flag.Subjects.SelectMany(subject => new[] { subject.Id, subject.Name })],
        MayBeImmediate = !WhyNotAtOnce(item).Any(),
        Fact = FlagFact.Of(flag.Subjects),
        Headline = flag.Title,
        Language = flag.Language is "ru" or "kk" or "en" ? flag.Language : LanguageGuess.Of(flag.Title),
        Outlet = flag.Outlet,
        Link = flag.Link,
        Passage = flag.Passage,
        Reasons = flag.Reasons,
        Page = $"items/{flag.Item}",
    };
}
