using Monitoring.Blocking;

namespace Monitoring.Availability.Reports;

/// <param name="Checks">How many checks came to it.</param>
/// <param name="Stood">How long it stood.</param>
public readonly record struct ClassTotal(long Checks, TimeSpan Stood)
{
    public static ClassTotal operator +(ClassTotal one, ClassTotal other) => new(one.Checks + other.Checks, one.Stood + other.Stood);
}

/// <summary>
/// Many checks of a site from one vantage, summed up by verdict class. A check stands for the time until the next one, at most for twice the interval: after that
/// nothing was measured. All its time counts where it began, also beyond midnight.
/// </summary>
public sealed class CheckTotals
{
    /// <summary>Intervals that a check stands for at most. Two, because a check may be late or take long.</summary>
    private const int StandsFor = 2;

    private readonly Dictionary<string, ClassTotal> _classes = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ClassTotal> Classes => _classes;

    public PhaseHistograms Phases { get; } = new();

    public long Checks => _classes.Values.Sum(total => total.Checks);

    /// <summary>The time that any check stands for.</summary>
    public TimeSpan Measured => Sum(_classes.Values);

    /// <param name="next">When the next check began; for the last one the end of what is looked at.</param>
    /// <param name="interval">Time between two checks.</param>
    public void Add(CheckFact fact, DateTimeOffset next, TimeSpan interval)
    {
        var stood = Math.Clamp((next - fact.At).Ticks, 0, (StandsFor * interval).Ticks);
        Add(fact.Class, new ClassTotal(1, TimeSpan.FromTicks(stood)));
        Phases.Add(fact);
    }

    public void Add(string verdictClass, ClassTotal total) => _classes[verdictClass] = _classes.GetValueOrDefault(verdictClass) + total;

    public void Add(CheckTotals other)
    {
        foreach (var (verdictClass, total) in other._classes)
        {
            Add(verdictClass, total);
        }

        Phases.Add(other.Phases);
    }

    /// <summary>The site was reached, if only slowly.</summary>
    public ClassTotal Good => Of(Reachability.Reachable, Reachability.Degraded);

    /// <summary>Down, blocked or throttled.</summary>
    public ClassTotal Bad => Of(Reachability.Down, Reachability.Blocked);

    /// <summary>The site answered, but not as it answers the control: neither good nor bad.</summary>
    public ClassTotal Different => Of(Reachability.Different, Reachability.Different);

    /// <summary>Nothing could be told, or the vantage was at fault.</summary>
    public ClassTotal Undecided => Of(Reachability.Unknown, Reachability.Unknown);

    /// <summary>
    /// How long there was trouble of each mechanism: <c>down.tcp</c>, <c>blocked.tls</c>, <c>throttled</c>; the longest first.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, TimeSpan>> Trouble => [.. from pair in _classes
                                                                        let mechanism = MechanismOf(pair.Key)
                                                                        where mechanism is not null
                                                                        group pair.Value by mechanism into each
                                                                        let stood = Sum(each)
                                                                        orderby stood descending, each.Key
                                                                        select KeyValuePair.Create(each.Key, stood)];

    private ClassTotal Of(Reachability one, Reachability other) =>
        _classes.Where(pair => ReachabilityOf(pair.Key) is var meaning && (meaning == one || meaning == other)).Aggregate(default(ClassTotal), (sum, pair) => sum + pair.Value);

    private static Reachability ReachabilityOf(string verdictClass) => VerdictOf(verdictClass).Reachability;

    private static string? MechanismOf(string verdictClass) => VerdictOf(verdictClass) switch
    {
        { Family: Verdict.Throttled } => Verdict.Throttled,
        { Reachability: Reachability.Down, Family: { } family } => $"down.{family}",
        { Family: { } family } => $"blocked.{family}",
        _ => null,
    };

    private static Verdict VerdictOf(string verdictClass) => new(verdictClass, Grade.Likely, "", []);

    private static TimeSpan Sum(IEnumerable<ClassTotal> totals) => totals.Aggregate(TimeSpan.Zero, (sum, total) => sum + total.Stood);
}
