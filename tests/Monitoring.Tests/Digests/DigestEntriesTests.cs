using Monitoring.Alerts;
using Monitoring.Digests;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Digests;

public sealed class DigestEntriesTests
{
    [Theory]
    [InlineData("New", "Urgent New")]
    [InlineData("New, Update", "Urgent New")] // nobody knows of the first yet
    [InlineData("Update", "Updates Update")] // an earlier digest said the first
    [InlineData("New, Confirmed", "Confirmed Confirmed")]
    [InlineData("New, Dismissed", "nothing")] // nobody was told
    [InlineData("New*, Dismissed", "Corrections Dismissed")] // it was mailed
    [InlineData("Dismissed", "Corrections Dismissed")]
    [InlineData("New, Withdrawn", "nothing")]
    [InlineData("New, Dismissed, Reinstated", "Urgent New")]
    [InlineData("New*, Dismissed*, Reinstated*", "Corrections Reinstated")]
    [InlineData("Changed", "Corrections Changed")]
    [InlineData("Reopened", "Corrections Reopened")]
    public void Of_a_story_the_last_state_is_said_once(string course, string said)
    {
        var entries = DigestEntries.Of(course.Split(", ").Select(Candidate));

        Assert.Equal(said, entries is [var entry] ? $"{entry.Section} {entry.Record.Change}" : "nothing");
    }

    [Fact]
    public void Changes_of_sites_are_said_one_by_one_in_their_order()
    {
        var closed = People.Site("episode.site-1.1.closed", AlertKind.SiteRecovered) with { Matter = "episode.site-1.1", At = Some.Time.AddHours(1) };
        var opened = People.Site("episode.site-1.1.opened") with { Matter = "episode.site-1.1" };

        Assert.Equal([opened.Key, closed.Key], DigestEntries.Of([Waiting(closed), Waiting(opened)]).Select(entry => entry.Record.Key));
    }

    [Fact]
    public void What_was_mailed_says_when_and_what_may_not_have_arrived_says_so()
    {
        var alert = new QueuedAlert { Lane = DigestLane.Daily, Record = People.Item() };
        var mailed = DigestEntries.Of([new DigestCandidate(alert, MailFate.Arrived, Some.Time, MailFate.None)]);
        var unsure = DigestEntries.Of([new DigestCandidate(alert, MailFate.Unsure, Some.Time, MailFate.None)]);
        var again = DigestEntries.Of([new DigestCandidate(alert, MailFate.None, MailedAt: null, MailFate.Unsure)]);

        Assert.Equal((Some.Time, false), (mailed[0].MailedAt!.Value, mailed[0].IsUnsure));
        Assert.Equal((null, true), (unsure[0].MailedAt, unsure[0].IsUnsure));
        Assert.Equal((null, true), (again[0].MailedAt, again[0].IsUnsure));
    }

    private static DigestCandidate Waiting(AlertRecord record) => new(new QueuedAlert { Lane = DigestLane.Daily, Record = record }, MailFate.None, MailedAt: null, MailFate.None);

    /// <param name="step">A change; with a star one that was mailed.</param>
    private static DigestCandidate Candidate(string step, int number)
    {
        var change = Enum.Parse<AlertChange>(step.TrimEnd('*'));
        var review = change switch
        {
            AlertChange.Dismissed => AlertReview.Dismissed,
            AlertChange.Withdrawn => AlertReview.Withdrawn,
            AlertChange.Confirmed => AlertReview.Confirmed,
            _ => AlertReview.Unreviewed,
        };
        var record = People.Item($"item.feed-1.1~{number}", Severity.Critical) with { Matter = "story.1", Change = change, Review = review };
        var fate = step.EndsWith('*') ? MailFate.Arrived : MailFate.None;
        return new DigestCandidate(new QueuedAlert { Lane = DigestLane.Daily, Record = record, Number = number }, fate, Some.Time, MailFate.None);
    }
}
