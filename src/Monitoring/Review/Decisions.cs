using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.Review;

/// <summary>What became of an editor's decision.</summary>
public enum DecisionResult
{
    Done,

    /// <summary>Nothing to do: the flag is in that state already.</summary>
    AlreadySo,

    /// <summary>Somebody else decided at the same moment: look again.</summary>
    ChangedMeanwhile,

    NotFound,
}

/// <summary>
/// An editor's decisions on flags. Each is noted in the audit log before it is made, and marked there as applied after: a crash in between leaves a
/// trace of what was asked for, never a decision without one. Those who were told before are told what was decided by the same step that told them
/// (<see cref="Understanding"/>): the item waits for it before the decision is saved, and after it anew, in case somebody ended its waiting in between.
/// </summary>
public sealed class Decisions(FlagStore flags, ItemStore items, IWorkQueue queue, AuditLog audit, TimeProvider time)
{
    public Task<DecisionResult> ConfirmAsync(ItemKey item, string editor, string? note, CancellationToken cancellationToken) =>
        DecideAsync(item, FlagState.Confirmed, editor, note, cancellationToken);

    /// <param name="note">Why it is not relevant.</param>
    public Task<DecisionResult> DismissAsync(ItemKey item, string editor, string? note, CancellationToken cancellationToken) =>
        DecideAsync(item, FlagState.Dismissed, editor, note, cancellationToken);

    /// <summary>Takes a decision back: the flag waits for review again.</summary>
    public Task<DecisionResult> UndoAsync(ItemKey item, string editor, string? note, CancellationToken cancellationToken) =>
        DecideAsync(item, FlagState.New, editor, note, cancellationToken);

    private async Task<DecisionResult> DecideAsync(ItemKey item, FlagState state, string editor, string? note, CancellationToken cancellationToken)
    {
        if (await flags.GetAsync(item, cancellationToken) is not { } before)
        {
            return DecisionResult.NotFound;
        }

        if (before.State == state)
        {
            return DecisionResult.AlreadySo;
        }

        var what = state is FlagState.New ? "undone" : state.ToString().ToLowerInvariant();
        var entry = await audit.BeginAsync(item.ToString(), editor, what, note, cancellationToken);
        var after = state is FlagState.New
            ? before with { State = state, DecidedBy = null, DecidedAt = null, Note = null }
            : before with { State = state, DecidedBy = editor, DecidedAt = time.GetUtcNow(), Note = note };
        await items.AddPendingAsync([item], cancellationToken);
        if (await flags.SaveAsync(after, before, cancellationToken) is not SaveResult.Saved)
        {
            return DecisionResult.ChangedMeanwhile;
        }

        await items.AddPendingAsync([item], cancellationToken);
        await queue.EnqueueAsync(new WorkItem(UnderstandJob.WorkKind, item.SourceId), TimeSpan.Zero, cancellationToken);

        await audit.ConfirmAsync(entry, cancellationToken);
        return DecisionResult.Done;
    }
}
