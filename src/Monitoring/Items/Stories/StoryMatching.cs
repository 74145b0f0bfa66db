using System.Globalization;

namespace Monitoring.Items.Stories;

/// <param name="Reasons">Why, for the story's page.</param>
internal sealed record StoryMatch(StoryJoin Join, IReadOnlyList<Reason> Reasons);

/// <summary>
/// Whether two items tell of one event, and why. Pure. In this order: 1. one link; 2. the same words; 3. most of the words, unless they name other persons
/// of the list or are filled in otherwise (<see cref="TextLikeness"/>); 4. in other words: the same persons, or the same outlet, in the same place on the
/// same day, in another language, or of another publisher if the same kind of act is known of both; never if the kinds of act contradict.
/// </summary>
internal static class StoryMatching
{
    /// <summary>Kazakhstan's day, so that what happened in an evening there is of one day.</summary>
    private static readonly TimeSpan LocalDay = TimeSpan.FromHours(5);

    /// <summary>What is told so soon after is of one day, also past midnight.</summary>
    private static readonly TimeSpan SameDay = TimeSpan.FromHours(6);

    public static StoryMatch? Of(StoryMember one, TextSketch sketch, StoryMember other, TextSketch otherSketch)
    {
        if ((one.At - other.At).Duration() > StoryIndex.Window)
        {
            return null;
        }

        if (one.Link is { } link && other.Link is { } otherLink && IsArticle(link) && CanonicalLink.Of(link) == CanonicalLink.Of(otherLink))
        {
            return new StoryMatch(StoryJoin.SameLink, [Reason.Of("reason.story_link")]);
        }

        return SameText(one, sketch, other, otherSketch) ?? NearCopy(one, sketch, other, otherSketch) ?? SameMatter(one, other);
    }

    /// <summary>Front pages and the like are many articles' links.</summary>
    private static bool IsArticle(Uri link) => link.Scheme is "http" or "https" && link.AbsolutePath.Trim('/').Length > 0;

    private static StoryMatch? SameText(StoryMember one, TextSketch sketch, StoryMember other, TextSketch otherSketch)
    {
        // A headline that is the same next week is another event's.
        var isSame = sketch.Hash == otherSketch.Hash && sketch.Words == otherSketch.Words && sketch.Words >= TextSketch.FewestSameWords
            && (!sketch.IsShort || IsSameDay(one.At, other.At));
        return isSame ? new StoryMatch(StoryJoin.SameText, [Reason.Of("reason.story_same_text")]) : null;
    }

    private static StoryMatch? NearCopy(StoryMember one, TextSketch sketch, StoryMember other, TextSketch otherSketch)
    {
        if (sketch.IsShort || otherSketch.IsShort || (one.Persons.Count > 0 && other.Persons.Count > 0 && !one.Persons.Intersect(other.Persons).Any()))
        {
            return null;
        }

        var likeness = TextLikeness.Of(sketch, otherSketch);
        return likeness.IsCopy
            ? new StoryMatch(StoryJoin.NearCopy, [Reason.Of("reason.story_near_copy", likeness.Percent.ToString(CultureInfo.InvariantCulture))])
            : null;
    }

    private static StoryMatch? SameMatter(StoryMember one, StoryMember other)
    {
        var isElsewhere = one.Language is not null && other.Language is not null && one.Language != other.Language;
        var acts = one.Acts.Intersect(other.Acts).ToList();
        var contradicts = one.Acts.Count > 0 && other.Acts.Count > 0 && acts.Count == 0;
        if (contradicts || !(isElsewhere || (acts.Count > 0 && one.Publisher != other.Publisher)) || !IsSameDay(one.At, other.At)
            || one.Places.Intersect(other.Places).FirstOrDefault() is not { } place)
        {
            return null;
        }

        var persons = one.Persons.Intersect(other.Persons).ToList();
        var isNamed = persons.Count > 0 && 2 * persons.Count >= one.Persons.Union(other.Persons).Count();
        var isOutlet = one.Persons.Count == 0 && other.Persons.Count == 0 && PlaceTable.IsLocal(place) && one.Outlets.Intersect(other.Outlets).Any();
        return isNamed || isOutlet
            ? new StoryMatch(StoryJoin.SameMatter, [Reason.Of(isNamed ? "reason.story_same_persons" : "reason.story_same_outlet", PlaceTable.NameOf(place)), .. Act(acts)])
            : null;
    }

    private static IEnumerable<Reason> Act(List<string> acts) => acts.Count > 0 ? [Reason.Of("reason.story_same_act", "@violation." + acts[0])] : [];

    private static bool IsSameDay(DateTimeOffset one, DateTimeOffset other) =>
        (one - other).Duration() <= SameDay || one.ToOffset(LocalDay).Date == other.ToOffset(LocalDay).Date;
}
