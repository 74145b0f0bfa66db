using Monitoring.Fetching;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Feeds;

/// <summary>
/// One visit of a source: fetch, read, intake; then the source's row with validators and next visit, last. A crash before that repeats the visit,
/// which stores nothing twice.
/// </summary>
public sealed class VisitSourceJob(
    WatchlistReader watchlist, SourceStateStore states, SourceRoutes routes, PoliteFetch fetch, SourceIntake intake, VisitClose close, TimeProvider time) : IWorkJob
{
    public const string WorkKind = "visit-source";

    public string Kind => WorkKind;

    public async Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken)
    {
        var list = await watchlist.GetAsync(cancellationToken);
        if (list.FindSource(subject) is not { } source
            || await states.GetAsync(source.Kind, subject, cancellationToken) is not { } state
            || state.NextVisit > time.GetUtcNow())
        {
            return new JobResult.NothingDue();
        }

        var attempt = routes.Of(source, list) is { } route
            ? await fetch.FetchAsync(new FetchRequest(state.UrlOf(source, time.GetUtcNow()), intake.Accept(source), state.Validators) { Route = route }, source.Pause, cancellationToken)
            : new FetchAttempt.Answered(new FetchResult.Failed("no proxy is set for its vantage"));
        switch (attempt)
        {
            case FetchAttempt.NotYet { IsLong: true } notYet:
                return await close.PostponeAsync(state, time.GetUtcNow() + notYet.Wait, cancellationToken);
            case FetchAttempt.NotYet notYet:
                return new JobResult.NotNow(notYet.Wait);
            case FetchAttempt.Answered answered:
                var visit = await intake.TakeAsync(source, state, answered.Result, cancellationToken);
                Telemetry.Visits.Add(1, Telemetry.Tag(Telemetry.Kind, source.Kind is EntryKind.Feed ? "feed" : "page"), Telemetry.Tag(Telemetry.Outcome, Outcome(answered.Result, visit)));
                return await close.EndAsync(source, state, visit, time.GetUtcNow(), cancellationToken);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string Outcome(FetchResult result, VisitResult visit) => result switch
    {
        FetchResult.NotModified => "not_modified",
        FetchResult.Refused => "refused",
        FetchResult.Failed => "failed",
        _ => visit.IsReadable ? "read" : "unreadable",
    };
}
