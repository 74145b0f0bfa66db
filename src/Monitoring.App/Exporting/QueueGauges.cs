using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.App.Exporting;

/// <summary>Looks at the queues as often as metrics are sent.</summary>
internal sealed class QueueGauges(IWorkQueue queue, JobRunner runner, TelemetryOptions options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await LookAsync(stoppingToken);
            await Task.Delay(options.Interval, time, stoppingToken);
        }
    }

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            var states = (await queue.GetStateAsync(cancellationToken)).ToDictionary(state => state.Kind, StringComparer.Ordinal);
            foreach (var kind in runner.Kinds)
            {
                // A queue that is not listed is empty, which is news too.
                var state = states.GetValueOrDefault(kind);
                Telemetry.QueueLength.Record(state?.Length ?? 0, Telemetry.Tag(Telemetry.Queue, kind));
                Telemetry.QueueAge.Record((now - state?.OldestSince)?.TotalSeconds ?? 0, Telemetry.Tag(Telemetry.Queue, kind));
            }

            Telemetry.Poisoned.Record(await queue.ListPoisonAsync(cancellationToken).CountAsync(cancellationToken));
        }
        catch (StorageUnavailableException)
        {
            // The jobs say so in the log; a gap in the curve says the same here.
        }
    }
}
