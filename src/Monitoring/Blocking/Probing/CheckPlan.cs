namespace Monitoring.Blocking.Probing;

/// <summary>What a failing site is contrasted with.</summary>
/// <param name="NeutralHost">A host that nobody filters: the vantage's canary.</param>
/// <param name="Canary">Its page.</param>
/// <param name="SiteAddresses">Waits for the control: addresses of the site as it met them.</param>
public sealed record Against(string NeutralHost, Uri Canary, Func<Task<IReadOnlyList<string>>> SiteAddresses);

/// <summary>
/// One check of a site over one line: a walk to the page; if that fails, once more after a short pause and once more after a longer one; if it still fails, the
/// contrasts. All of it within one budget of connections. An odd packet that is lost is no trouble of a site.
/// </summary>
internal sealed class CheckPlan(ITlsProbe tls, IHttpProbe http, ProbeOptions options, TimeProvider time)
{
    /// <summary>The second pause is so much longer than the first: 5 s and 20 s.</summary>
    private const int Longer = 4;

    /// <summary>No further try begins after so many times the longest one: whoever works on the check holds it for a few minutes.</summary>
    private const int LastTry = 2;

    private readonly SiteProbe _probe = new(tls, http, options, time);
    private readonly ContrastProbe _contrasts = new(tls, http, time);

    /// <param name="against">Null: no contrasts, as for a canary.</param>
    public async Task<Probed> MeasureAsync(Target target, ILine line, Against? against, CancellationToken cancellationToken)
    {
        var budget = new ConnectionBudget(options.MaxConnections);
        var attempts = new List<Attempt>();
        var (pause, started) = (options.RetryPause, time.GetTimestamp());
        while (true)
        {
            var probed = await _probe.MeasureAsync(target, line, budget, cancellationToken);
            var measurement = probed.Measurement with { Attempts = [.. attempts] };
            if (measurement.VantageFailure is not null || measurement.Last.Failed is not { } failed)
            {
                return probed with { Measurement = measurement };
            }

            if (attempts.Count == options.Retries || budget.IsSpent || time.GetElapsedTime(started) + pause > LastTry * options.CheckTimeout)
            {
                return probed with
                {
                    Measurement = measurement with
                    {
                        FurtherDns = failed.Layer is Layer.Dns ? await line.AskOthersAsync(measurement.Last.Url.IdnHost, cancellationToken) : [],
                        Contrasts = await ContrastAsync(measurement, line, against, budget, cancellationToken),
                    },
                };
            }

            attempts.Add(new Attempt(measurement.Started, failed.Layer, failed.Failure, measurement.Last.Http?.BodyLength ?? 0));
            await Task.Delay(pause, time, cancellationToken);
            pause *= Longer;
        }
    }

    private async Task<IReadOnlyList<Contrast>> ContrastAsync(Measurement measurement, ILine line, Against? against, ConnectionBudget budget, CancellationToken cancellationToken)
    {
        if (against is null)
        {
            return [];
        }

        var asked = new List<Contrast>();
        foreach (var question in ContrastProbe.QuestionsOf(measurement, against, await against.SiteAddresses()))
        {
            if (!budget.TryTake())
            {
                break;
            }

            asked.Add(await _contrasts.AskAsync(question, line, cancellationToken));
        }

        return asked;
    }
}

/// <summary>The connections that one check may still open (DESIGN: a check is one budgeted unit).</summary>
internal sealed class ConnectionBudget(int connections)
{
    private int _left = connections;

    public bool IsSpent => _left <= 0;

    public bool TryTake() => _left-- > 0;
}
