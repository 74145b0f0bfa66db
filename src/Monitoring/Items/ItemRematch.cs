namespace Monitoring.Items;

/// <summary>
/// The step of <see cref="Understanding"/> for one stored item that a list or rules have understood before. If its flag changes the item first waits again,
/// so that a crash leaves it waiting; otherwise only its findings and what understood it are written, and nobody is told anything.
/// </summary>
public sealed class ItemRematch(ItemStore items, ItemJudge judge, FindingStore findings, FlagStore flags, Understanding understanding)
{
    public async Task<Rematched> RunAsync(Item item, CompiledList compiled, bool dryRun, CancellationToken cancellationToken)
    {
        if (item is { IsSighting: true, UnderstoodBy: not null } && await items.GetAsync(item.KnownAs!.Value, cancellationToken) is { IsSighting: false } teller)
        {
            return await RunSightingAsync(item, teller, compiled, dryRun, cancellationToken);
        }

        var judged = await judge.JudgeAsync(item, compiled, cancellationToken);
        var before = await flags.GetAsync(item.Key, cancellationToken);
        var result = Compare(before, FlagRevision.Of(judged.Flag, before, judged.Told.ContentSeen));
        if (dryRun)
        {
            return result;
        }

        if (item.UnderstoodBy is null || item.IsSighting)
        {
            // It waits already, or the item that told of it is gone.
            await items.AddPendingAsync([item.Key], cancellationToken);
            await understanding.UnderstandAsync(item.Key, compiled, cancellationToken);
        }
        else if (result is not Rematched.Unchanged)
        {
            await items.ReopenAsync(item.Key, cancellationToken);
            await understanding.UnderstandAsync(item.Key, compiled, cancellationToken);
        }
        else
        {
            await findings.ReplaceAsync(item.Key, judged.Found, compiled.UnderstoodBy, cancellationToken);
            if (await items.MarkUnderstoodAsync(item, compiled.UnderstoodBy, item.Key, cancellationToken) is not Storage.SaveResult.Saved)
            {
                // It changed meanwhile, and its findings may now be those of what it said before.
                await items.AddPendingAsync([item.Key], cancellationToken);
                await understanding.UnderstandAsync(item.Key, compiled, cancellationToken);
            }
        }

        return result;
    }

    /// <summary>What a sighting says is found in the item that tells of it, whose own source may no longer be on the list.</summary>
    private async Task<Rematched> RunSightingAsync(Item sighting, Item teller, CompiledList compiled, bool dryRun, CancellationToken cancellationToken)
    {
        // An item that is on the list is counted where it stands.
        var isDone = teller.UnderstoodBy == compiled.UnderstoodBy || (dryRun && compiled.List.FindSource(teller.Key.SourceId) is not null);
        var result = isDone ? Rematched.Unchanged : await RunAsync(teller, compiled, dryRun, cancellationToken);
        await (dryRun ? Task.CompletedTask : items.MarkUnderstoodAsync(sighting, compiled.UnderstoodBy, teller.Key, cancellationToken));
        return result;
    }

    private static Rematched Compare(Flag? before, Flag? after) => (before, after) switch
    {
        (null, null) => Rematched.Unchanged,
        (null, _) => Rematched.Flagged,
        (_, null) => Rematched.Withdrawn,
        _ when FlagRevision.AreSame(before, after) => Rematched.Unchanged,
        _ => before.State is not FlagState.New && after.State is FlagState.New ? Rematched.Reopened : Rematched.Changed,
    };
}
