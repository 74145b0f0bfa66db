using System.Globalization;
using System.Text.Json;
using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.App.Hosting.Functions;

/// <summary>The functions by their names, which are those of the folders with a function.json: the timer jobs, and one for each kind of work.</summary>
internal sealed class FunctionRuns
{
    private readonly Dictionary<string, Func<JsonElement, CancellationToken, Task<FunctionAnswer>>> _runs = new(StringComparer.OrdinalIgnoreCase);
    private readonly JobRunner _runner;
    private readonly QueueRun _queue;
    private readonly Watchdog _watchdog;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _time;

    public FunctionRuns(IEnumerable<IKnock> knocks, JobRunner runner, QueueRun queue, Watchdog watchdog, FunctionsOptions options, TimeProvider time)
    {
        (_runner, _queue, _watchdog, _deadline, _time) = (runner, queue, watchdog, options.Deadline, time);
        foreach (var knock in knocks)
        {
            _runs.Add(knock.Name, (body, token) => KnockAsync(knock, body, token));
        }

        foreach (var kind in runner.Kinds)
        {
            _runs.Add(NameOf(kind), (body, token) => WorkAsync(kind, body, token));
        }
    }

    /// <summary>The function of a kind of work: <c>visit-source</c> is VisitSource.</summary>
    public static string NameOf(string kind) => string.Concat(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(kind).Split('-'));

    public bool Has(string name) => _runs.ContainsKey(name);

    /// <summary>Ends at the deadline, whatever the job does.</summary>
    public async Task<FunctionAnswer> RunAsync(string name, JsonElement body)
    {
        using var deadline = new CancellationTokenSource(_deadline, _time);
        try
        {
            return await _runs[name](body, deadline.Token).WaitAsync(deadline.Token);
        }
        catch (Exception) when (deadline.IsCancellationRequested)
        {
            return FunctionAnswer.Failed($"cut off after {_deadline}");
        }
        catch (StorageUnavailableException unavailable)
        {
            return FunctionAnswer.Failed($"storage: {unavailable.Problem}");
        }
    }

    /// <summary>The knock needs nothing of what the host says: rows decide what is due, however late the timer is.</summary>
    private async Task<FunctionAnswer> KnockAsync(IKnock knock, JsonElement body, CancellationToken cancellationToken)
    {
        var late = IsPastDue(body) ? ", past due" : "";
        var isDone = await _runner.RunAsync(knock, cancellationToken);
        await _watchdog.LookAsync(cancellationToken);
        return isDone ? FunctionAnswer.Done($"done{late}") : FunctionAnswer.Failed($"failed{late}");
    }

    private async Task<FunctionAnswer> WorkAsync(string kind, JsonElement body, CancellationToken cancellationToken) =>
        QueueInvocation.Read(body, kind, _time.GetUtcNow()) is { } work
            ? await _queue.RunAsync(work, cancellationToken)
            : new FunctionAnswer(StatusCodes.Status400BadRequest, "Data.msg, the text of the message, is expected");

    private static bool IsPastDue(JsonElement body) =>
        body.ValueKind is JsonValueKind.Object
        && body.TryGetProperty("Data", out var data) && data.ValueKind is JsonValueKind.Object
        && data.TryGetProperty("timer", out var timer) && timer.ValueKind is JsonValueKind.Object
        && timer.TryGetProperty("IsPastDue", out var late) && late.ValueKind is JsonValueKind.True;
}
