using Monitoring.Blocking;

namespace Monitoring.Availability.Vantages;

/// <summary>
/// A vantage that failed of late. Pure. Three checks at fault in a row make it faulty, three good ones end that; checks nearer to each other than a canary's life count as
/// one, because one canary stood for them all.
/// </summary>
public sealed record VantageHealth
{
    private const int Enough = 3;

    public required string VantageId { get; init; }

    /// <summary>Checks at fault in a row, up to three.</summary>
    public int Faults { get; init; }

    /// <summary>Good checks in a row since it was faulty.</summary>
    public int Good { get; init; }

    /// <summary>The first check at fault.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The last check that counted.</summary>
    public required DateTimeOffset At { get; init; }

    public bool IsFaulty { get; init; }

    /// <summary>Whether people were told of it.</summary>
    public bool IsTold { get; init; }

    public string? ETag { get; init; }

    /// <returns>Null if there is nothing to remember.</returns>
    public static VantageHealth? Step(VantageHealth? before, string vantageId, Verdict verdict, DateTimeOffset at, TimeSpan apart)
    {
        if (verdict.Class.StartsWith(Verdict.VantageFault, StringComparison.Ordinal))
        {
            return before is null ? new VantageHealth { VantageId = vantageId, Faults = 1, Since = at, At = at } : before.Fail(at, apart);
        }

        // What cannot be decided may be the control's fault, and tells nothing of the vantage.
        return before is null || verdict.Reachability is Reachability.Unknown ? before : before.Succeed(at, apart);
    }

    private VantageHealth Fail(DateTimeOffset at, TimeSpan apart)
    {
        var isSame = Faults > 0 && at - At < apart;
        return isSame || Faults >= Enough ? this : this with { Faults = Faults + 1, Good = 0, At = at, IsFaulty = IsFaulty || Faults + 1 >= Enough };
    }

    private VantageHealth? Succeed(DateTimeOffset at, TimeSpan apart) => (IsFaulty, Good > 0 && at - At < apart) switch
    {
        (false, _) => null,
        (true, true) => this,
        _ when Good + 1 >= Enough => null,
        _ => this with { Good = Good + 1, Faults = 0, At = at },
    };
}
