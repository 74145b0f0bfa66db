using System.Diagnostics;

namespace Monitoring.Work;

/// <summary>One run of a job as telemetry sees it: a span, and its duration with what came of it.</summary>
internal sealed class JobSpan(string job, TimeProvider time) : IDisposable
{
    private readonly long _started = time.GetTimestamp();
    private readonly Activity? _activity = Telemetry.Spans.StartActivity($"job {job}", ActivityKind.Internal);
    private string _outcome = "cancelled";

    public void End(JobResult result) => _outcome = result switch
    {
        JobResult.Done => "done",
        JobResult.NothingDue => "nothing_due",
        _ => "not_now",
    };

    public void Fail(Exception failure)
    {
        _outcome = "failed";
        _activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", failure.GetType().Name);
    }

    public void Dispose()
    {
        _activity?.SetTag(Telemetry.Job, job).SetTag(Telemetry.Outcome, _outcome);
        _activity?.Dispose();
        Telemetry.JobDuration.Record(time.GetElapsedTime(_started).TotalSeconds, Telemetry.Tag(Telemetry.Job, job), Telemetry.Tag(Telemetry.Outcome, _outcome));
    }
}
