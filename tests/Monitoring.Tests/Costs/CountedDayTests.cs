using System.Globalization;
using Monitoring.App.Costs;

namespace Monitoring.Tests.Costs;

/// <summary>
/// The profile against a day that was lived: each kind of run by itself, and the model's whole day. Where a figure has changed, the failure tells the new ones:
/// counted for one run, and what the profile makes of it.
/// </summary>
public sealed class CountedDayTests(SimulatedDay day) : IClassFixture<SimulatedDay>
{
    /// <summary>For averages that chance and rhythms have a part in.</summary>
    private const double Rough = 0.05;

    /// <summary>For a run's own requests: one more or less in a run of fifty shows.</summary>
    private const double Fine = 0.01;

    [Fact]
    public void Each_kind_of_run_uses_what_the_profile_says()
    {
        var expected = Expected();

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), day.Runs.Keys.Order(StringComparer.Ordinal));
        AssertNear(expected.Select(pair => (pair.Key, day.Runs[pair.Key].Count, 1.0 / day.Runs[pair.Key].Count * day.Runs[pair.Key].Used, pair.Value)), Fine);
    }

    [Fact]
    public void Each_subject_that_is_enqueued_uses_what_the_profile_says()
    {
        AssertNear([Enqueued(CostRhythms.PollFeeds, "VisitSource", CostProfile.EnqueuedSource), Enqueued(CostRhythms.CheckSites, "CheckSite", CostProfile.EnqueuedSite)], Rough);

        (string, int, StorageUse, StorageUse) Enqueued(string knock, string function, StorageUse profile)
        {
            var ((runs, used), enqueued) = (Counted(knock), Counted(function).Count);
            return (knock, (int)enqueued, 1 / enqueued * (used + -runs * Due(knock)), profile);
        }
    }

    [Fact]
    public void The_models_day_is_the_day_that_was_counted()
    {
        var model = CostDay.Of(SimulatedDay.Plan, day.Rhythms, new ActiveTimes());

        Assert.All(model.Functions, function => Assert.InRange(Counted(function.Name).Count, function.Runs * (1 - Rough), function.Runs * (1 + Rough)));
        var all = model.Functions.Select(function => Counted(function.Name).Used).Aggregate((one, other) => one + other);
        AssertNear([("the whole day", 1, all, model.Storage)], Rough);
    }

    private (double Count, StorageUse Used) Counted(string function)
    {
        var runs = day.Runs.Where(run => run.Key.Split(',')[0] == function).Select(run => run.Value).ToList();
        return (runs.Sum(run => run.Count), runs.Aggregate(default(StorageUse), (sum, run) => sum + run.Used));
    }

    private StorageUse Due(string knock) => CostProfile.DueKnock + (CostProfile.SlotsAlways + day.Rhythms.Gap(knock).TotalMinutes) * CostProfile.Slot;

    private Dictionary<string, StorageUse> Expected()
    {
        var (plan, rhythms) = (SimulatedDay.Plan, day.Rhythms);
        var expected = new Dictionary<string, StorageUse>(StringComparer.Ordinal)
        {
            ["PollFeeds"] = Due(CostRhythms.PollFeeds) + Counted("VisitSource").Count / Counted("PollFeeds").Count * CostProfile.EnqueuedSource,
            ["VisitPages"] = Due(CostRhythms.VisitPages),
            ["CheckSites"] = Due(CostRhythms.CheckSites) + Counted("CheckSite").Count / Counted("CheckSites").Count * CostProfile.EnqueuedSite,
            ["SendAlerts"] = CostProfile.SweepKnock,
            ["SendDigests"] = CostProfile.DigestKnock + plan.Recipients * CostProfile.RecipientAsked + Counted("ComposeDigest").Count / Counted("SendDigests").Count * CostProfile.EnqueuedDigest,
            ["Housekeeping"] = CostProfile.SweepKnock + CostProfile.ArticlesSwept + Counted("ReadArticle").Count / Counted("Housekeeping").Count * CostProfile.SweptArticle,
            ["ReadArticle"] = CostProfile.ReadArticle,
            [SimulatedDay.UnderstandingOfArticle] = CostProfile.Understand + CostProfile.UnderstoodArticle,
            [SimulatedDay.VisitOf(news: 1, teasers: 1)] = CostProfile.Visit + CostProfile.News + CostProfile.NewItem + CostProfile.AskedArticle,
            ["CollectPoison"] = CostProfile.PoisonKnock,
            ["ReadOoni"] = CostProfile.OoniKnock,
            ["Retention"] = CostProfile.RetentionPass + plan.Sources * CostProfile.RetentionOfSource + plan.Sites * CostProfile.RetentionOfSite
                + plan.Sites * plan.Vantages * CostProfile.RetentionOfVantage + plan.Recipients * CostProfile.RetentionOfRecipient,
            ["SendMail"] = CostProfile.SentMail,
            ["ComposeDigest"] = CostProfile.Digest + CostProfile.SourceHealth + 13 * CostProfile.MarkedRecord,
            [SimulatedDay.VisitOf(news: 0)] = CostProfile.Visit,
            [SimulatedDay.CheckOf(isBlocked: false)] = Check(good: 3, trouble: 0)
                // The blocked site is never the first of its round.
                + 1 / (plan.Sites - 1) * CostProfile.FingerprintLook,
            // Of the blocked site readers are reminded after 6 h and after 24 h.
            [SimulatedDay.CheckOf(isBlocked: true)] = Check(good: 2, trouble: 1)
                + 2 * plan.Recipients / rhythms.ChecksOfSite * (CostProfile.WrittenMail + CostProfile.ToldInDigest),
        };
        foreach (var (items, flags, mails) in new[] { (1, 0, 0), (1, 1, 0), (1, 1, 1), (2, 1, 1) })
        {
            expected[SimulatedDay.VisitOf(items)] = CostProfile.Visit + CostProfile.News + items * CostProfile.NewItem;
            expected[SimulatedDay.UnderstandingOf(items, flags, mails)] = CostProfile.Understand + items * CostProfile.UnderstoodItem + flags * CostProfile.Flag
                + flags * Joined(items, mails) * CostProfile.JoinedStory + flags * CostProfile.LookedUpTold + flags * plan.Recipients * CostProfile.ToldInDigest + mails * CostProfile.WrittenMail;
        }

        return expected;

        // Arrests of different people are different stories; those of the same hours are compared, two of the six undated ones and three of the five dated.
        static double Joined(int items, int mails) => (items, mails) switch
        {
            (1, 0) => 2 / 6.0,
            (1, 1) => 3 / 5.0,
            _ => 0,
        };

        // With four sites every check finds the canaries old.
        StorageUse Check(double good, double trouble) => CostProfile.Check + plan.Vantages * (CostProfile.CheckedVantage + rhythms.RollsOfSite / rhythms.ChecksOfSite * CostProfile.RolledHour) + plan.Proxies * (CostProfile.Canary + CostProfile.MeasuredCanary)
            + good / rhythms.ChecksOfSite * CostProfile.KeptGood + trouble * CostProfile.KeptTrouble;
    }

    private static void AssertNear(IEnumerable<(string What, int Runs, StorageUse Counted, StorageUse Profile)> figures, double tolerance)
    {
        var lines = figures.Select(figure => (IsNear: IsNear(figure.Counted, figure.Profile, tolerance), Text: string.Create(
            CultureInfo.InvariantCulture, $"{figure.What} ({figure.Runs}): counted {Say(figure.Counted)}; profile {Say(figure.Profile)}"))).ToList();

        Assert.True(lines.TrueForAll(line => line.IsNear), string.Join('\n', lines.Select(line => (line.IsNear ? "  " : "! ") + line.Text).Prepend("Figures that differ too much (!), for one run:")));
    }

    private static bool IsNear(StorageUse one, StorageUse other, double tolerance)
    {
        return IsNear(one.Tables, other.Tables) && IsNear(one.BlobWrites, other.BlobWrites) && IsNear(one.BlobReads, other.BlobReads) && IsNear(one.Queues, other.Queues);

        bool IsNear(double one, double other) => Math.Abs(one - other) <= tolerance * Math.Max(one, other);
    }

    private static string Say(StorageUse use) =>
        string.Create(CultureInfo.InvariantCulture, $"tables {use.Tables:0.###}, blob writes {use.BlobWrites:0.####}, blob reads {use.BlobReads:0.####}, queues {use.Queues:0.####}");
}
