using Monitoring.Alerts;
using Monitoring.Languages;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <summary>
/// The one idempotent step from a stored item to its consequences: the item is joined to the one under which its article is known; then findings, flag with
/// its queue row, alerts; then the item is marked with the rules that understood it, and its pending row goes. A crash anywhere leaves the pending row, and
/// the step runs again from its beginning.
/// </summary>
public sealed class Understanding(
    ItemStore items, Sightings sightings, FindingStore findings, FlagStore flags, AlertRouter alerts, ArticleWatch articles, ItemsOptions options)
{
    private const int MaxReasons = 8;

    /// <summary>What the matchers read of one telling: the title, then the text.</summary>
    public static string WholeText(string title, string text) => text.Length == 0 ? title : $"{title}\n{text}";

    /// <summary>By which alerts about an item are known; the key of an alert that was told stays when the item goes.</summary>
    public static string AlertKeyOf(ItemKey item) => $"item.{item}";

    /// <returns>True if the item is flagged, or the one under which its article is known.</returns>
    public async Task<bool> UnderstandAsync(ItemKey key, CompiledList compiled, CancellationToken cancellationToken)
    {
        // The mark before the item: if a new version comes in between, its mark is another one.
        var mark = await items.GetPendingMarkAsync(key, cancellationToken);
        if (await items.GetAsync(key, cancellationToken) is not { } item)
        {
            await RemovePendingAsync(key, mark, cancellationToken);
            return false;
        }

        var known = await sightings.JoinAsync(item, cancellationToken);
        if (known != key)
        {
            // The other one waits before this one ceases to: whatever happens, one of them is understood with what this one says.
            var isThere = await items.ReopenAsync(known, cancellationToken);
            await (isThere ? EndAsync(item, known, mark, compiled, cancellationToken) : Task.CompletedTask);
            return await UnderstandAsync(isThere ? known : key, compiled, cancellationToken);
        }

        var told = await sightings.ReadAsync(item, cancellationToken);
        var found = compiled.Find(told.Text);
        await findings.ReplaceAsync(key, found, compiled.UnderstoodBy, cancellationToken);

        var sources = told.Parts.Select(part => compiled.List.FindSource(part.Telling.Item.Key.SourceId)).ToList();
        var outlet = sources.Select(source => compiled.List.FindOutlet(source?.Outlet)).FirstOrDefault(outlet => outlet is not null);
        var assessed = Assessment.Assess(told.Text, found, outlet?.Id, compiled.SeverityOf);
        if (assessed is not null)
        {
            var flag = MakeFlag(told, found, assessed, outlet?.Name ?? sources[0]?.Name, compiled.UnderstoodBy);
            if (!await SaveAsync(flag, cancellationToken))
            {
                return true;
            }

            await TellAsync(flag, told, compiled.List.Recipients, cancellationToken);
            await articles.BeginAsync(sources[0], item, cancellationToken);
            Telemetry.Flags.Add(1, Telemetry.Tag(Telemetry.Severity, flag.Severity.ToString().ToLowerInvariant()));
        }

        await EndAsync(item, key, mark, compiled, cancellationToken);
        return assessed is not null;
    }

    private async Task EndAsync(Item item, ItemKey known, string? mark, CompiledList compiled, CancellationToken cancellationToken)
    {
        if (await items.MarkUnderstoodAsync(item, compiled.UnderstoodBy, known, cancellationToken) is SaveResult.Saved)
        {
            await RemovePendingAsync(item.Key, mark, cancellationToken);
        }
    }

    /// <summary>That an article was taken away stands in digests; nobody is mailed at once for it.</summary>
    private async Task TellAsync(Flag flag, Tellings told, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken)
    {
        var alert = MakeAlert(flag, told);
        await alerts.TellAsync(alert, recipients, cancellationToken);
        if (told.Item.Gone is { BackAt: null } gone)
        {
            var taken = alert with { Key = $"gone.{flag.Item}.{Keys.Day(gone.Since)}", At = gone.Confirmed, MayBeImmediate = false, Fact = FlagFact.Gone(flag.Subjects) };
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

    private Flag MakeFlag(Tellings told, IReadOnlyList<Finding> found, Assessed assessed, string? outlet, string understoodBy) => new()
    {
        Item = told.Item.Key,
        Severity = assessed.Severity,
        Subjects = assessed.Subjects,
        Title = told.Item.Title.Length > 0 ? told.Item.Title : told.Item.Summary,
        Outlet = outlet,
        Sources = told.Parts.Count,
        Country = told.Item.Country,
        Language = told.Item.Language,
        Link = told.Item.Link,
        Published = told.Published,
        At = told.ContentSeen,
        Passage = MarkedText.Of(told.Text, assessed.Passage.Start, assessed.Passage.Length, found.Select(finding => finding.Mark)),
        Reasons = [.. assessed.Reasons.Take(MaxReasons), .. told.WhyOld(options.OldAfter) is { } old ? (Reason[])[old] : [], .. told.Item.Gone is { } gone ? (Reason[])[gone.Reason] : []],
        UnderstoodBy = understoodBy,
    };

    private AlertRecord MakeAlert(Flag flag, Tellings told) => new()
    {
        Key = AlertKeyOf(flag.Item),
        Kind = AlertKind.Item,
        Severity = flag.Severity,
        Country = flag.Country,
        At = flag.Published ?? flag.At,
        Subjects = [.. flag.Subjects.SelectMany(subject => new[] { subject.Id, subject.Name })],
        MayBeImmediate = told.WhyOld(options.OldAfter) is null,
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
