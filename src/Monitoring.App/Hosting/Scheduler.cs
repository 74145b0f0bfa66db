using Monitoring.Work;
using NCrontab;

namespace Monitoring.App.Hosting;

/// <summary>While it is this worker's turn, knocks at each timer job at its times, and once at the start of the turn. A job never overlaps itself: the next time is taken after it ended.</summary>
internal sealed class Scheduler(IEnumerable<IKnock> knocks, JobRunner runner, KnockOptions options, ScheduleTurn turn, Watchdog watchdog, TimeProvider time) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        turn.WhileOursAsync(token => Task.WhenAll(knocks.Select(knock => KnockAsync(knock, options.Of(knock.Name), token))), stoppingToken);

    private async Task KnockAsync(IKnock knock, CrontabSchedule schedule, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await runner.RunAsync(knock, cancellationToken);
                await watchdog.LookAsync(cancellationToken);
                var now = time.GetUtcNow();
                var next = new DateTimeOffset(schedule.GetNextOccurrence(now.UtcDateTime), TimeSpan.Zero);
                await Task.Delay(next - now, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The turn or the program ends.
        }
    }
}
