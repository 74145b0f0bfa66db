using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Items.Stories;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <summary>What became of an item, or of the one under which its article is known.</summary>
public enum Understood
{
    /// <summary>Nothing about it is worth an editor's minute.</summary>
    Unflagged,

    Flagged,
}

/// <summary>
/// The one idempotent step from a stored item to its consequences: the item is joined to the one under which its article is known; then findings, flag with
/// its queue row, alerts; then the item is marked with the rules that understood it, and its pending row goes. A crash anywhere leaves the pending row, and
/// the step runs again from its beginning.
/// </summary>
public sealed class Understanding(
    ItemStore items, Sightings sightings, ItemJudge judge, FindingStore findings, FlagStore flags, StoryFiling stories, AlertRouter alerts, ArticleWatch articles, ItemsOptions options, TimeProvider time)
{
    /// <summary>What the matchers read of one telling: the title, then the text.</summary>
    public static string WholeText(string title, string text) => text.Length == 0 ? title : $"{title}\n{text}";

    /// <inheritdoc cref="FlagAlert.KeyOf"/>
    public static string AlertKeyOf(ItemKey item) => FlagAlert.KeyOf(item);

    public async Task<Understood> UnderstandAsync(ItemKey key, CompiledList compiled, CancellationToken cancellationToken)
    {
        // The mark before the item: if a new version comes in between, its mark is another one.
        var mark = await items.GetPendingMarkAsync(key, cancellationToken);
        if (await items.GetAsync(key, cancellationToken) is not { } item)
        {
            await RemovePendingAsync(key, mark, cancellationToken);
            return Understood.Unflagged;
        }

        var known = await sightings.JoinAsync(item, cancellationToken);
        if (known != key)
        {
            // The other one waits before this one ceases to: whatever happens, one of them is understood with what this one says.
            var isThere = await items.ReopenAsync(known, cancellationToken);
            await (isThere ? EndAsync(item, known, mark, compiled, cancellationToken) : Task.CompletedTask);
            return await UnderstandAsync(isThere ? known : key, compiled, cancellationToken);
        }

        var judged = await judge.JudgeAsync(item, compiled, cancellationToken);
        await findings.ReplaceAsync(key, judged.Found, compiled.UnderstoodBy, cancellationToken);
        var story = judged.Flag is null ? null : await stories.FileAsync(StoryItem.Of(judged, compiled.List), cancellationToken);
        var (saved, flag) = await SaveAsync(item, judged, story, compiled.List.Recipients, cancellationToken);
        if (saved is not SaveResult.Saved)
        {
            await items.AddPendingAsync([key], cancellationToken);
            return Understood.Flagged;
        }

        if (flag is not null)
        {
            await TellAsync(flag, judged, compiled.List.Recipients, cancellationToken);
        }

        if (judged.Flag is { } found)
        {
            await articles.BeginAsync(judged.Source, item, cancellationToken);
            Telemetry.Flags.Add(1, Telemetry.Tag(Telemetry.Severity, found.Severity.ToString().ToLowerInvariant()));
        }

        await EndAsync(item, key, mark, compiled, cancellationToken);
        return judged.Flag is null ? Understood.Unflagged : Understood.Flagged;
    }

    /// <summary>It was understood before, and nothing was added to it for so long that it is no news to anybody: only the list or the rules may have changed.</summary>
    private bool IsKnown(Tellings told) => told.Item.KnownAs is not null && time.GetUtcNow() - told.ContentSeen > options.OldAfter;

    /// <summary>An item that changed meanwhile waits again, also if another run has ended its waiting: what was just written is of what it said before.</summary>
    private async Task EndAsync(Item item, ItemKey known, string? mark, CompiledList compiled, CancellationToken cancellationToken)
    {
        if (await items.MarkUnderstoodAsync(item, compiled.UnderstoodBy, known, cancellationToken) is SaveResult.Saved)
        {
            await RemovePendingAsync(item.Key, mark, cancellationToken);
        }
        else
        {
            await items.AddPendingAsync([item.Key], cancellationToken);
        }
    }

    /// <summary>
    /// What is new, and what an editor decided since, to those who were told. That an article was taken away stands in digests; nobody is mailed at once for it.
    /// </summary>
    private async Task TellAsync(Flag flag, Judged judged, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken)
    {
        var alert = FlagAlert.Of(flag, judged.Told.WhyOld(options.OldAfter) is null);
        await alerts.TellAsync(alert, recipients, cancellationToken, isNews: judged.Flag is not null && !IsKnown(judged.Told));
        if (judged.Flag is not null && judged.Told.Item.Gone is { BackAt: null } gone)
        {
            await alerts.TellAsync(FlagAlert.Gone(alert, flag, gone), recipients, cancellationToken);
        }
    }

    private Task RemovePendingAsync(ItemKey key, string? mark, CancellationToken cancellationToken) =>
        mark is null ? Task.CompletedTask : items.RemovePendingAsync(key, mark, cancellationToken);

    /// <returns>Unless saved, somebody changed the flag at the same moment: the item is to be understood again. The flag as it stands now; null if there is none.</returns>
    private async Task<(SaveResult Result, Flag? Flag)> SaveAsync(Item item, Judged judged, FlagStory? story, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken)
    {
        // Before it was understood once it had no flag that could be withdrawn.
        var before = judged.Flag is null && item.KnownAs is null ? null : await flags.GetAsync(item.Key, cancellationToken);
        var revised = FlagRevision.Of(judged.Flag, before, judged.Told.ContentSeen);
        var after = revised is null || story is null ? revised : revised with { Story = story, Priority = ReviewPriority.With(revised.Priority, story) };
        return ((before, after) switch
        {
            (null, null) => SaveResult.Saved,
            (_, null) => await WithdrawAsync(before, recipients, cancellationToken),
            (null, _) => await flags.SaveAsync(IsKnown(judged.Told) ? after with { Reasons = [.. after.Reasons, FlagRevision.WhyKnown(OldHours)] } : after, before, cancellationToken),
            _ when FlagRevision.AreSame(before, after) => await KeepAsync(before, cancellationToken),
            _ => await flags.SaveAsync(after, before, cancellationToken),
        }, after);
    }

    /// <summary>First those who were told hear that it was wrong, then it leaves its story: without its flag nobody would know of either.</summary>
    private async Task<SaveResult> WithdrawAsync(Flag flag, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken)
    {
        await alerts.TellAsync(FlagAlert.Of(flag, mayBeImmediate: false) with { Review = AlertReview.Withdrawn }, recipients, cancellationToken, isNews: false);
        await stories.TakeOutAsync(flag.Item, cancellationToken);
        if ((await flags.RemoveAsync([flag], cancellationToken))[0])
        {
            return SaveResult.Saved;
        }

        await (await flags.GetAsync(flag.Item, cancellationToken) is { } stored ? flags.QueueAsync(stored, cancellationToken) : Task.CompletedTask);
        return SaveResult.ChangedMeanwhile;
    }

    /// <summary>A run that died while it withdrew the flag has taken it out of its queue.</summary>
    private async Task<SaveResult> KeepAsync(Flag flag, CancellationToken cancellationToken)
    {
        await flags.QueueAsync(flag, cancellationToken);
        return SaveResult.Saved;
    }

    private string OldHours => ((int)options.OldAfter.TotalHours).ToString(CultureInfo.InvariantCulture);
}
