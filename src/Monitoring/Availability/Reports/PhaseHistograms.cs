namespace Monitoring.Availability.Reports;

/// <summary>What of a check is timed.</summary>
public enum Phase
{
    Dns,
    Connect,
    Tls,
    FirstByte,

    /// <summary>The whole check, with its redirects, tries and failures.</summary>
    Whole,
}

/// <summary>Percentiles in milliseconds.</summary>
/// <param name="Count">How many times they are made of.</param>
public sealed record PhaseSpeed(Phase Phase, long Count, double P50, double P95, double P99);

/// <summary>A histogram for each phase.</summary>
public sealed class PhaseHistograms
{
    public static IReadOnlyList<Phase> Phases { get; } = Enum.GetValues<Phase>();

    private readonly DurationHistogram[] _histograms = [.. Phases.Select(_ => new DurationHistogram())];

    public DurationHistogram this[Phase phase] => _histograms[(int)phase];

    /// <summary>Of the phases that anything is known of.</summary>
    public IReadOnlyList<PhaseSpeed> Speeds => [.. from phase in Phases
                                                   let times = this[phase]
                                                   where times.Count > 0
                                                   select new PhaseSpeed(phase, times.Count, times.Percentile(0.5)!.Value, times.Percentile(0.95)!.Value, times.Percentile(0.99)!.Value)];

    public void Add(CheckFact fact)
    {
        Add(Phase.Dns, fact.Phases.Dns);
        Add(Phase.Connect, fact.Phases.Connect);
        Add(Phase.Tls, fact.Phases.Tls);
        Add(Phase.FirstByte, fact.Phases.FirstByte);
        Add(Phase.Whole, fact.Milliseconds);
    }

    public void Add(PhaseHistograms other)
    {
        foreach (var phase in Phases)
        {
            this[phase].Add(other[phase]);
        }
    }

    private void Add(Phase phase, int? milliseconds)
    {
        if (milliseconds is { } time)
        {
            this[phase].Add(time);
        }
    }
}
