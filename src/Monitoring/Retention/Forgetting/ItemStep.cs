using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Retention.Forgetting;

/// <summary>
/// Items with what hangs on them. An item about nobody else goes and leaves its trace; of one that concerns others the mentions of the person go, and the
/// name in its texts only if that is asked for; sightings go by what their item is about. A decided flag stays as a fact about a pseudonym, one that waits
/// goes. The mentions go last: by them a run after a crash finds the item again.
/// </summary>
public sealed class ItemStep(ItemRemoval removal, ItemStore items, ItemVersions versions, FindingStore findings, FlagStore flags, TimeProvider time) : IForgetStep
{
    public async Task TakeAsync(ForgetRun run, CancellationToken cancellationToken)
    {
        foreach (var source in run.Entries.Where(entry => entry.Kind is EntryKind.Feed or EntryKind.Page))
        {
            await foreach (var trace in removal.ListAsync(source.Id, cancellationToken))
            {
                await TakeAsync(trace, run, cancellationToken);
            }
        }
    }

    private async Task TakeAsync(ItemTrace trace, ForgetRun run, CancellationToken cancellationToken)
    {
        var found = await findings.ListAsync(trace.SightingOf ?? trace.Key, cancellationToken);
        var mentioned = trace.SightingOf is null ? found.Where(finding => finding.SubjectId == run.Erasure.Id).ToList() : [];
        await TakeFlagAsync(trace, found, run, cancellationToken);
        var isNamed = !trace.IsGone && await IsNamedAsync(trace, run.Erasure, cancellationToken);
        if (mentioned.Count == 0 && !isNamed && !trace.IsGoing)
        {
            return;
        }

        if (!IsAboutOthers(found, run.Erasure.Id) && trace.RemovedAt is null)
        {
            run.Count("items removed");
            await (run.Apply ? RemoveAsync(trace, cancellationToken) : Task.CompletedTask);
            return;
        }

        if (isNamed)
        {
            run.Count(run.Scope.Texts ? "texts of items blotted" : KeptTexts);
            await (run is { Apply: true, Scope.Texts: true } ? removal.RewriteAsync(trace, run.Erasure.BlotOut, cancellationToken) : Task.CompletedTask);
        }

        if (mentioned.Count > 0)
        {
            run.Count("mentions", mentioned.Count);
            await (run.Apply ? findings.RemoveAsync(trace.Key, mentioned, cancellationToken) : Task.CompletedTask);
        }
    }

    /// <summary>The one count that no further walk brings to nothing.</summary>
    public const string KeptTexts = "texts of items that concern others, kept (--texts blots the name)";

    private static bool IsAboutOthers(IEnumerable<Finding> found, string id) => found.Any(finding => finding.IsName && finding.SubjectId != id);

    private async Task<bool> IsNamedAsync(ItemTrace trace, Erasure erasure, CancellationToken cancellationToken) =>
        await items.GetAsync(trace.Key, cancellationToken) is { } item
        && (erasure.IsIn($"{item.Title}\n{item.Summary}\n{await items.GetWholeTextAsync(item, cancellationToken)}\n{item.Link}")
            || await versions.ListAsync(trace.Key, cancellationToken).AnyAsync(version => erasure.IsIn($"{version.Title}\n{version.Text}"), cancellationToken));

    private async Task RemoveAsync(ItemTrace trace, CancellationToken cancellationToken)
    {
        var marked = await removal.MarkAsync([trace], cancellationToken);
        if (marked.Count > 0 && await items.GetPendingMarkAsync(trace.Key, cancellationToken) is { } mark)
        {
            await items.RemovePendingAsync(trace.Key, mark, cancellationToken);
        }

        await removal.BuryAsync(marked, time.GetUtcNow(), cancellationToken);
        if (marked.Count > 0 && trace.SightingOf is { } other)
        {
            // What is found in that one may stand in what this one said.
            await items.ReopenAsync(other, cancellationToken);
        }
        else if (marked.Count > 0)
        {
            await findings.ReplaceAsync(trace.Key, [], understoodBy: "", cancellationToken);
        }
    }

    private async Task TakeFlagAsync(ItemTrace trace, IReadOnlyList<Finding> found, ForgetRun run, CancellationToken cancellationToken)
    {
        for (var flag = await flags.GetAsync(trace.Key, cancellationToken); flag is not null; flag = await flags.GetAsync(trace.Key, cancellationToken))
        {
            var isAbout = flag.Subjects.Any(subject => subject.Id == run.Erasure.Id);
            var others = flag.Named.Any(subject => subject.Id != run.Erasure.Id) || IsAboutOthers(found, run.Erasure.Id);
            var isRemoved = flag.State is FlagState.New && isAbout && !others;
            var after = isRemoved ? flag : Without(flag, run.Erasure, others);
            if (!isRemoved && after == flag)
            {
                return;
            }

            run.Count(isRemoved ? "flags removed" : "flags under a pseudonym");
            if (!run.Apply || (isRemoved ? (await flags.RemoveAsync([flag], cancellationToken))[0] : await flags.SaveAsync(after, flag, cancellationToken) is SaveResult.Saved))
            {
                return;
            }
        }
    }

    private static Flag Without(Flag flag, Erasure erasure, bool others)
    {
        var without = flag with
        {
            Subjects = [.. flag.Subjects.Select(subject => subject with { Id = erasure.Rename(subject.Id), Name = erasure.Rename(subject.Name) })],
            Title = erasure.BlotOut(flag.Title),
            Passage = flag.Passage with { Text = erasure.BlotOut(flag.Passage.Text) },
            Reasons = [.. flag.Reasons.Select(reason => reason with { Values = [.. reason.Values.Select(erasure.Rename)] })],
            Note = flag.Note is null ? null : erasure.Rename(flag.Note),
            Outlet = flag.Outlet is null ? null : erasure.Rename(flag.Outlet),
            DecidedBy = flag.DecidedBy is null ? null : erasure.Rename(flag.DecidedBy),
        };
        var isSame = without.Title == flag.Title && without.Passage.Text == flag.Passage.Text && without.Note == flag.Note && without.Outlet == flag.Outlet
            && without.DecidedBy == flag.DecidedBy && without.Subjects.SequenceEqual(flag.Subjects)
            && without.Reasons.SelectMany(reason => reason.Values).SequenceEqual(flag.Reasons.SelectMany(reason => reason.Values));

        // The address of an article often spells the name.
        return isSame ? flag : others && !(flag.Link is { } link && erasure.IsIn(link.AbsoluteUri)) ? without : without with { Link = null };
    }
}
