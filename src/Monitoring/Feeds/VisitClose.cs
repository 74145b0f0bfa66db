using Monitoring.Items;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Feeds;

/// <summary>
/// Ends a visit: asks for its items to be understood, then the next hint in the due index, then the source's row. Until the row is saved the visit counts
/// as not done.
/// </summary>
public sealed class VisitClose(SourceStateStore states, DueIndex due, IWorkQueue queue, FeedsOptions options, Func<double> chance)
{
    public async Task<JobResult> EndAsync(Source source, SourceState state, VisitResult visit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (visit.HasWaiting)
        {
            await queue.EnqueueAsync(new WorkItem(UnderstandJob.WorkKind, source.Id), TimeSpan.Zero, cancellationToken);
        }

        var after = After(state, visit, now);
        var facts = new VisitFacts
        {
            Fixed = source.Every,
            Interval = state.Interval,
            Known = visit.Known,
            UsualGap = after.History.UsualGap(now),
            Failures = after.Failures,
            Setback = after.Setback,
            IsGone = visit.IsGone,
            FeedAsks = visit.AtLeastEvery,
            FreshFor = visit.FreshFor,
            RetryAfter = visit.RetryAfter,
        };
        var next = VisitSchedule.Next(now, facts, options, chance());
        await MoveAsync(after with { NextVisit = next.At, Why = next.Why, Interval = next.Interval }, cancellationToken);
        return new JobResult.Done(visit.Outcome);
    }

    /// <summary>
    /// Puts a visit off because its host may not be visited for long. The schedule waits, not a message: that would be joined by another one whenever the
    /// claim ends.
    /// </summary>
    public async Task<JobResult> PostponeAsync(SourceState state, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await MoveAsync(state with { NextVisit = until, Why = "its host may not be visited before", QueuedUntil = null }, cancellationToken);
        return new JobResult.Done("put off: its host may not be visited yet");
    }

    /// <summary>A lost race means that the same visit was made twice at once; the winner's row is as good.</summary>
    private async Task MoveAsync(SourceState next, CancellationToken cancellationToken)
    {
        await due.PutAsync(SourceStateStore.DueKind(next.Kind), next.Id, next.NextVisit, cancellationToken);
        await states.SaveAsync(next, cancellationToken);
    }

    private static SourceState After(SourceState state, VisitResult visit, DateTimeOffset now) => state with
    {
        QueuedUntil = null,
        Validators = visit.Validators,
        LastVisit = now,
        LastSuccess = visit.IsReadable ? now : state.LastSuccess,
        LastOutcome = visit.Outcome,
        Moved = visit.Moved,
        Feeds = visit.Feeds,
        Failures = visit.IsReadable ? 0 : state.Failures + 1,
        Setback = visit.IsReadable ? 0 : state.Setback + (visit.IsSoft ? 0.5 : 1),
        // What stood there before we looked says nothing of its habits.
        History = state.LastSuccess is null ? state.History : state.History.Add(now, visit.New),
        Repairs = visit.IsReadable ? visit.Repairs : state.Repairs,
        Items = state.Items + visit.New,
        NewestItem = visit.Newest > state.NewestItem || state.NewestItem is null ? visit.Newest ?? state.NewestItem : state.NewestItem,
        Seen = visit.Seen ?? state.Seen,
        GuidsRepeat = state.GuidsRepeat || visit.GuidsRepeat,
        Memory = visit.Memory ?? state.Memory,
    };
}
