using System.ComponentModel.DataAnnotations;

namespace Monitoring.Retention;

/// <summary>
/// How long data that is nobody's evidence is kept. In all of them zero keeps for ever; other times are at least a day. Whatever waits for review, was
/// confirmed, or was told by mail is kept, and so are episodes with their measurements, captures of sites in trouble, and the audit log. Section
/// <c>Retention</c>.
/// </summary>
public sealed class RetentionOptions : IValidatableObject
{
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestTombstone = TimeSpan.FromDays(400);

    /// <summary>Items that were never flagged, with their texts and findings, from when their text was first seen. Default 180 d. Shorter leaves less for a later list to be matched with.</summary>
    public TimeSpan UnflaggedItems { get; set; } = TimeSpan.FromDays(180);

    /// <summary>Items whose flag was dismissed, from the dismissal, unless they were told by mail. Default 730 d.</summary>
    public TimeSpan DismissedItems { get; set; } = TimeSpan.FromDays(730);

    /// <summary>
    /// The trace of a removed item (id, first seen), from when its source no longer lists it; until then it always stays. Default and least 400 d: an item
    /// that is listed again after that is new.
    /// </summary>
    public TimeSpan Tombstones { get; set; } = ShortestTombstone;

    /// <summary>Captures of sources, from when no stored item refers to them. Default 30 d.</summary>
    public TimeSpan Captures { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Measurements in full that found a site reachable and belong to no episode. Default 30 d.</summary>
    public TimeSpan GoodMeasurements { get; set; } = TimeSpan.FromDays(30);

    /// <summary>All other measurements in full that belong to no episode. Default 730 d.</summary>
    public TimeSpan OtherMeasurements { get; set; } = TimeSpan.FromDays(730);

    /// <summary>The compact facts of all checks. The sums of days, from which reports over time are made, stay for ever. Default 1100 d, three years.</summary>
    public TimeSpan Checks { get; set; } = TimeSpan.FromDays(1100);

    /// <summary>Opinions on what OONI measured, one a site and day. Default 400 d.</summary>
    public TimeSpan Ooni { get; set; } = TimeSpan.FromDays(400);

    /// <summary>What sent and failed mails and digests said, from when they were made. That they were made stays for ever, so that nothing is told twice. Default 400 d.</summary>
    public TimeSpan Mails { get; set; } = TimeSpan.FromDays(400);

    /// <summary>The visiting and checking states of sources and sites that left the watch list, and idle hosts' politeness. Default 90 d. One that comes back later begins anew.</summary>
    public TimeSpan Retired { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The timer job stops after this and the next one goes on from there. Default 5 min; shorter than what the host allows a function.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan LongestRun { get; set; } = TimeSpan.FromMinutes(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, TimeSpan Value)[] times =
        [
            (nameof(UnflaggedItems), UnflaggedItems), (nameof(DismissedItems), DismissedItems), (nameof(Captures), Captures), (nameof(GoodMeasurements), GoodMeasurements),
            (nameof(OtherMeasurements), OtherMeasurements), (nameof(Checks), Checks), (nameof(Ooni), Ooni), (nameof(Mails), Mails), (nameof(Retired), Retired),
        ];
        foreach (var (name, value) in times.Where(time => time.Value != TimeSpan.Zero && time.Value < Shortest))
        {
            yield return new ValidationResult($"At least one day is expected (1.00:00:00), or 0 to keep for ever; not {value}.", [name]);
        }

        if (Tombstones != TimeSpan.Zero && Tombstones < ShortestTombstone)
        {
            yield return new ValidationResult($"At least 400 days are expected (400.00:00:00), or 0 to keep for ever; not {Tombstones}.", [nameof(Tombstones)]);
        }
    }
}
