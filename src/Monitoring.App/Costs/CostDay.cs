using Monitoring.App.Hosting;
using Monitoring.Availability;

namespace Monitoring.App.Costs;

/// <summary>What runs in a day. Pure: plan and rhythms say how often, the profile what each time.</summary>
/// <param name="Timers">The timer jobs.</param>
/// <param name="Queues">The functions that messages start.</param>
/// <param name="Host">The Functions host itself, estimated.</param>
internal sealed record CostDay(IReadOnlyList<FunctionDay> Timers, IReadOnlyList<FunctionDay> Queues, StorageUse Host)
{
    public IEnumerable<FunctionDay> Functions => Timers.Concat(Queues);

    /// <summary>Of the functions, without the host.</summary>
    public StorageUse Storage => Functions.Aggregate(default(StorageUse), (sum, function) => sum + function.Storage);

    public static CostDay Of(CostPlan plan, CostRhythms rhythms, ActiveTimes times)
    {
        var runs = new Runs(plan, rhythms);
        var timers = TimersOf(plan, rhythms, runs).Select(timer => Function(timer.Name, rhythms.Knocks[timer.Name], timer.Storage, others: 0, times)).ToList();
        var queues = QueuesOf(plan, rhythms, runs, times).ToList();
        return new CostDay(timers, queues, HostDay.Of(timers, queues));
    }

    private static IEnumerable<(string Name, StorageUse Storage)> TimersOf(CostPlan plan, CostRhythms rhythms, Runs runs)
    {
        double Knocks(string name) => rhythms.Knocks[name];
        StorageUse Due(string name) => Knocks(name) * (CostProfile.DueKnock + (CostProfile.SlotsAlways + rhythms.Gap(name).TotalMinutes) * CostProfile.Slot);

        yield return (CostRhythms.PollFeeds, Due(CostRhythms.PollFeeds) + runs.FeedVisits * CostProfile.EnqueuedSource);
        yield return (CostRhythms.VisitPages, Due(CostRhythms.VisitPages) + runs.PageVisits * CostProfile.EnqueuedSource);
        yield return (CostRhythms.CheckSites, Due(CostRhythms.CheckSites) + runs.Checks * CostProfile.EnqueuedSite);
        yield return (nameof(KnockOptions.SendAlerts), Knocks(nameof(KnockOptions.SendAlerts)) * CostProfile.SweepKnock);
        yield return (nameof(KnockOptions.SendDigests), Knocks(nameof(KnockOptions.SendDigests)) * (CostProfile.DigestKnock + plan.Recipients * CostProfile.RecipientAsked)
            + plan.Recipients * CostProfile.EnqueuedDigest);
        yield return (nameof(KnockOptions.Housekeeping), Knocks(nameof(KnockOptions.Housekeeping)) * (CostProfile.SweepKnock + CostProfile.ArticlesSwept) + runs.Articles * CostProfile.SweptArticle);
        yield return (nameof(KnockOptions.Retention), Knocks(nameof(KnockOptions.Retention)) * (CostProfile.RetentionPass + plan.Sources * CostProfile.RetentionOfSource
            + plan.Sites * CostProfile.RetentionOfSite + plan.Sites * plan.Vantages * CostProfile.RetentionOfVantage + plan.Recipients * CostProfile.RetentionOfRecipient));
        yield return (nameof(KnockOptions.CollectPoison), Knocks(nameof(KnockOptions.CollectPoison)) * CostProfile.PoisonKnock);
        yield return (nameof(KnockOptions.ReadOoni), Knocks(nameof(KnockOptions.ReadOoni)) * CostProfile.OoniKnock);
    }

    private static IEnumerable<FunctionDay> QueuesOf(CostPlan plan, CostRhythms rhythms, Runs runs, ActiveTimes times)
    {
        // What one knock enqueues comes at once.
        double Together(double perDay, string knock) => Math.Clamp(perDay / rhythms.Knocks[knock], 1, HostDay.BatchSize);

        yield return Function(
            "VisitSource",
            runs.Visits,
            runs.Visits * CostProfile.Visit + runs.WithNews * CostProfile.News + runs.Items * CostProfile.NewItem + runs.Articles * CostProfile.AskedArticle,
            times.FetchSeconds,
            times,
            Together(runs.Visits, CostRhythms.PollFeeds));
        yield return Function(
            "Understand",
            runs.WithNews + runs.Articles,
            (runs.WithNews + runs.Articles) * CostProfile.Understand + runs.Items * CostProfile.UnderstoodItem + runs.Articles * CostProfile.UnderstoodArticle + runs.Flags * (CostProfile.Flag + CostProfile.JoinedStory + CostProfile.LookedUpTold)
                + runs.Flags * plan.Recipients * CostProfile.ToldInDigest + plan.Mails * CostProfile.WrittenMail,
            others: 0,
            times);
        yield return Function("ReadArticle", runs.Articles, runs.Articles * CostProfile.ReadArticle, times.FetchSeconds, times);
        yield return Function(
            "CheckSite",
            runs.Checks,
            runs.Rounds * CostProfile.FingerprintLook + runs.Checks * CostProfile.Check + runs.Checks * plan.Vantages * CostProfile.CheckedVantage + runs.Checks * plan.Proxies * CostProfile.Canary
                + runs.Canaries * CostProfile.MeasuredCanary + plan.Sites * plan.Vantages * (CostProfile.KeptGood + rhythms.RollsOfSite * CostProfile.RolledHour)
                + runs.Checks * plan.Vantages * plan.Trouble * CostProfile.KeptTrouble,
            (Math.Ceiling(plan.Vantages / SiteMeasuring.AtOnce) + runs.MeasuredCanary) * times.CheckSeconds,
            times,
            Together(runs.Checks, CostRhythms.CheckSites));
        yield return Function("SendMail", runs.Mails, runs.Mails * CostProfile.SentMail, times.MailSeconds, times);
        yield return Function(
            "ComposeDigest",
            plan.Recipients,
            plan.Recipients * (CostProfile.Digest + plan.KindsOfSource * CostProfile.SourceHealth + runs.Flags * (CostProfile.MarkedRecord + CostProfile.RemovedRecord)),
            others: 0,
            times);
    }

    /// <param name="others">What a run does beside asking the store, in seconds.</param>
    private static FunctionDay Function(string name, double runs, StorageUse storage, double others, ActiveTimes times, double together = 1) =>
        new(name, runs, storage, runs > 0 ? times.Of(1 / runs * storage) + others : 0, together);

    /// <summary>How often in a day.</summary>
    private sealed class Runs(CostPlan plan, CostRhythms rhythms)
    {
        public double FeedVisits { get; } = plan.Feeds * rhythms.VisitsOfSource(plan, CostRhythms.PollFeeds);

        public double PageVisits { get; } = plan.Pages * rhythms.VisitsOfSource(plan, CostRhythms.VisitPages);

        public double Visits => FeedVisits + PageVisits;

        public double Items { get; } = plan.Sources * plan.NewItems;

        public double WithNews => Math.Min(Visits, Items);

        public double Articles => Items * plan.Teasers;

        public double Flags => Items * plan.Flagged;

        public double Mails => plan.Mails + plan.Recipients;

        public double Checks { get; } = plan.Sites * rhythms.ChecksOfSite;

        /// <summary>Of all sites together, one after the other.</summary>
        public double Rounds => plan.Sites > 0 ? rhythms.ChecksOfSite : 0;

        /// <summary>At most one for each check.</summary>
        public double Canaries => plan.Proxies * Math.Min(Checks, rhythms.CanariesOfVantage);

        /// <summary>Part of the checks that wait for the canary of their vantage.</summary>
        public double MeasuredCanary => plan.Proxies > 0 && Checks > 0 ? Math.Min(1, rhythms.CanariesOfVantage / Checks) : 0;
    }
}
