using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>One round of everything: all timer jobs once, then the queues until they are empty. What may not run yet is waited for a little.</summary>
internal sealed class Cycle(IEnumerable<IKnock> knocks, JobRunner runner, WorkPump pump, IWorkQueue queue, WorkOptions options, TimeProvider time)
{
    /// <param name="waitAtMost">For messages that are not visible yet (politeness, another attempt).</param>
    /// <param name="note">Told how many messages are done and how many wait.</param>
    /// <returns>How many messages still wait.</returns>
    public async Task<long> RunAsync(TimeSpan waitAtMost, Action<int, long> note, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        foreach (var knock in knocks)
        {
            await runner.RunAsync(knock, cancellationToken);
        }

        var done = 0;
        while (true)
        {
            done += await pump.DrainAsync(cancellationToken);
            var waiting = (await queue.GetStateAsync(cancellationToken)).Sum(state => state.Length);
            note(done, waiting);
            if (waiting == 0 || time.GetElapsedTime(started) >= waitAtMost)
            {
                return waiting;
            }

            await Task.Delay(options.PollInterval, time, cancellationToken);
        }
    }
}
