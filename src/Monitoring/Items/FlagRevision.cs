using System.Text.Json;

namespace Monitoring.Items;

/// <summary>
/// What becomes of a flag when its item is understood again. Pure. In this order:
/// 1. nothing is found any more: if the text is the one that was flagged, the list or the rules changed, so a flag that waits goes and a decided one says
/// so; if the outlet changed the text, what was flagged stays; 2. a flag that waits is replaced; 3. a decided one waits again if a new text says more, or
/// if the same text names somebody the editor was not shown; 4. otherwise the decision stays.
/// </summary>
public static class FlagRevision
{
    private const string Reopened = "reason.reopened";
    private const string NewSince = "reason.new_since";
    private const string NoLongerFound = "reason.no_longer_found";
    private const string KnownBefore = "reason.known_before";

    /// <summary>Said by earlier runs, and still true.</summary>
    private static readonly string[] Notes = [KnownBefore, Reopened, NewSince];

    /// <summary>Said of an item that was understood before and holds nothing new: it is for review only.</summary>
    public static Reason WhyKnown(string hours) => Reason.Of(KnownBefore, hours);

    /// <param name="found">What the rules make of the item now; null if they find nothing.</param>
    /// <param name="contentSeen">When the item's present text was first met.</param>
    /// <returns>Null if the item is not flagged, or no longer.</returns>
    public static Flag? Of(Flag? found, Flag? before, DateTimeOffset contentSeen) => Revise(found is null ? null : found with { Story = before?.Story }, before, contentSeen);

    private static Flag? Revise(Flag? found, Flag? before, DateTimeOffset contentSeen) => (found, before) switch
    {
        (_, null) => found,
        (null, _) when before.At != contentSeen => before,
        (null, { State: FlagState.New }) => null,
        (null, _) => before.Reasons.Any(reason => reason.Text == NoLongerFound) ? before : before with { Reasons = [.. before.Reasons, Reason.Of(NoLongerFound)] },
        (_, { State: FlagState.New }) => Keep(found, before),
        _ when WhyAgain(found, before) is { } why => found with { Reasons = [.. found.Reasons, why] },
        _ => Keep(found, before) with { State = before.State, DecidedBy = before.DecidedBy, DecidedAt = before.DecidedAt, Note = before.Note },
    };

    /// <summary>Whether two flags say the same, whichever rules made them.</summary>
    public static bool AreSame(Flag one, Flag other) => Said(one) == Said(other);

    private static Flag Keep(Flag found, Flag before) => found with { Reasons = [.. found.Reasons, .. before.Reasons.Where(reason => Notes.Contains(reason.Text))] };

    private static Reason? WhyAgain(Flag found, Flag decided)
    {
        // By id: an entry that was renamed is no new one.
        var shown = decided.Subjects.Select(subject => subject.Id).ToHashSet(StringComparer.Ordinal);

        // What the same rules see otherwise is another text.
        if (found.At == decided.At && found.UnderstoodBy != decided.UnderstoodBy)
        {
            var names = found.Named.Where(subject => !shown.Contains(subject.Id)).Select(subject => subject.Name).ToList();
            return names.Count == 0 ? null : Reason.Of(NewSince, string.Join(", ", names));
        }

        return found.Severity > decided.Severity || found.Subjects.Any(subject => !shown.Contains(subject.Id)) ? Reason.Of(Reopened) : null;
    }

    private static string Said(Flag flag) => JsonSerializer.Serialize(flag with { UnderstoodBy = "", ETag = null });
}
