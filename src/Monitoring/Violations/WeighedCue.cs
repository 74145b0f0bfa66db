namespace Monitoring.Violations;

/// <summary>A cue in its sentence: how much it says, and of what status.</summary>
internal sealed class WeighedCue
{
    /// <summary>A denial stands right before what it denies.</summary>
    private const int DenialReach = 2;
    private const int StatusReach = 5;

    /// <summary>A publication's subject stands right after it; in Kazakh it stands right before.</summary>
    private const int AboutReach = 2;

    /// <summary>What a text mentions that begins with a comment, a statistic or a trial of perpetrators.</summary>
    private const double AfterContext = 0.5;

    private readonly List<Modifier> _modifiers;

    public WeighedCue(CueHit hit, SentenceFacts facts, IEnumerable<ModifierHit> modifiers, Victim ofAll, bool isLedByContext)
    {
        (Hit, Facts) = (hit, facts);
        _modifiers = [.. modifiers.Where(modifier => Applies(modifier, hit)).Select(modifier => modifier.Modifier).Distinct()];
        Score = _modifiers.Contains(Modifier.Negated) ? 0 : hit.Cue.Weight * NearTo(facts.Victim, ofAll, hit.Cue.Type.IsOfAll) * Meaning() * Place() * (isLedByContext && !IsContext ? AfterContext : 1);
    }

    public CueHit Hit { get; }

    public SentenceFacts Facts { get; }

    public double Score { get; }

    public ViolationStatus Status =>
        _modifiers.Contains(Modifier.Attempted) ? ViolationStatus.Attempted
        : _modifiers.Contains(Modifier.Threatened) ? ViolationStatus.Threatened
        : _modifiers.Contains(Modifier.Planned) ? ViolationStatus.Planned
        : _modifiers.Contains(Modifier.Alleged) ? ViolationStatus.Alleged
        : ViolationStatus.Occurred;

    /// <param name="surface">The words that say it.</param>
    public IReadOnlyList<Reason> Why(string surface) =>
    [
        Reason.Of("reason.cue", surface, "@" + Hit.Cue.Type.Label),
        Reason.Of("reason.victim." + Facts.Victim.ToString().ToLowerInvariant()),
        .. _modifiers.Where(modifier => modifier is not Modifier.Negated).Select(modifier => Reason.Of("reason.modifier." + modifier.ToString().ToLowerInvariant())),
        .. Place() < 1 ? (Reason[])[Reason.Of("reason.ordinary_crime")] : [],
    ];

    private bool IsContext => Hit.Cue.Type.Code == ViolationType.Context;

    private static bool Applies(ModifierHit modifier, CueHit hit)
    {
        var overlaps = modifier.First <= hit.Last && modifier.Last >= hit.First;
        var before = hit.First - modifier.Last;
        return modifier.Modifier switch
        {
            Modifier.Negated => !overlaps && before is > 0 and <= DenialReach,
            Modifier.Attempted => before is > -StatusReach and <= StatusReach,
            Modifier.Planned or Modifier.Threatened => !overlaps && before is > -StatusReach and <= StatusReach,
            Modifier.Attributive => overlaps,
            Modifier.About => !overlaps && (before is > 0 and <= AboutReach || modifier.First == hit.Last + 1),
            Modifier.General or Modifier.Perpetrator => true,
            _ => !overlaps,
        };
    }

    private static double NearTo(Victim victim, Victim ofAll, bool isOfAll) => (victim, ofAll) switch
    {
        (Victim.Listed, _) => 1.1,
        (Victim.Press, _) => 1.0,
        (_, >= Victim.Press) => 0.9,
        (Victim.Civic, _) => 0.85,
        (Victim.Named, _) => 0.8,
        (_, Victim.Civic) => 0.7,
        _ when isOfAll => 0.6,
        _ => 0.43,
    };

    private double Meaning()
    {
        if (IsContext)
        {
            return 1;
        }

        var factor = 1.0;
        foreach (var modifier in _modifiers)
        {
            factor *= modifier switch
            {
                Modifier.Reaction => 0.42,
                Modifier.Demand => 0.42,
                Modifier.General => 0.42,
                Modifier.Earlier => 0.8,
                Modifier.Attributive => 0.5,
                Modifier.About => 0.3,
                Modifier.Perpetrator => 0.3,
                Modifier.Law => Hit.Cue.Type.Code == "LEGISLATION" ? 1 : 0.42,
                Modifier.Threatened => 0.7,
                Modifier.Planned => 0.8,
                _ => 1,
            };
        }

        return factor;
    }

    /// <summary>News of ordinary crime and sport speaks in the same words.</summary>
    private double Place() => Facts.Victim >= Victim.Press ? 1 : (Facts.IsOrdinaryCrime ? 0.4 : 1) * (Facts.IsOtherNews ? 0.4 : 1);
}
