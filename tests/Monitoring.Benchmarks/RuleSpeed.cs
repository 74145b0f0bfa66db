using System.Diagnostics;
using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Watchlist;

namespace Monitoring.Benchmarks;

/// <summary>
/// Finding whom to tell of an item, beside asking every rule: among more and more rules of which each item is chosen by five, and where everybody chooses
/// everything. Turn by turn in one run, the median of the rounds.
/// </summary>
internal static class RuleSpeed
{
    private const int MatchesEach = 5;
    private const int RulesEach = 10;
    private const int Rounds = 9;
    private const int RulesAskedInARound = 20_000_000;

    public static int Run()
    {
        Console.WriteLine("   rules | recipients | matches of an item |        ours ns |      naive ns | naive / ours | ready in ms");
        foreach (var rules in new[] { 10, 1_000, 100_000 })
        {
            Race(Apart(rules), [.. Enumerable.Range(0, rules / MatchesEach).Select(Item)]);
        }

        Console.WriteLine("Everybody chooses everything:");
        foreach (var recipients in new[] { 10, 1_000, 10_000 })
        {
            Race([.. Enumerable.Range(0, recipients).Select(number => Reader(number, [new TellingRule { When = TellingTime.Hourly }]))], [Item(0)]);
        }

        return 0;
    }

    private static void Race(Recipient[] recipients, AlertRecord[] items)
    {
        var started = Stopwatch.GetTimestamp();
        var index = RuleIndex.Of(recipients);
        var ready = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var rules = recipients.Sum(recipient => recipient.Rules.Count);
        var matches = index.Match(items[0]).Sum(routing => routing.Recipient.Rules.Count(rule => Holds(rule, items[0])));
        var (ours, naive) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            ours.Add(Measure(items, Math.Clamp(RulesAskedInARound / 200 / matches, 100, 20_000), item => index.Match(item).Count()));
            naive.Add(Measure(items, Math.Clamp(RulesAskedInARound / rules, 100, 20_000), item => Naive(recipients, item)));
        }

        // The first round does not count.
        var (mine, theirs) = (Median(ours.Skip(1)), Median(naive.Skip(1)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{rules,8} | {recipients.Length,10} | {matches,18} | {mine,14:N0} | {theirs,13:N0} | {theirs / mine,12:0.00} | {ready,11:0.0}"));
    }

    private static double Measure(AlertRecord[] items, int count, Func<AlertRecord, int> match)
    {
        GC.Collect();
        var found = 0L;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            found += match(items[i * 7919L % items.Length]);
        }

        var took = Stopwatch.GetElapsedTime(started).TotalNanoseconds / count;
        return found > 0 ? took : throw new InvalidOperationException("Nobody is told.");
    }

    /// <summary>Rules of which five each choose the same person, or the same kind of act in the same country, of different recipients.</summary>
    private static Recipient[] Apart(int rules)
    {
        var count = rules / RulesEach;
        return [.. Enumerable.Range(0, count).Select(number => Reader(number, [.. Enumerable.Range(0, RulesEach).Select(i => Rule((number + (i * count)) / MatchesEach))]))];
    }

    private static TellingRule Rule(int group) => group % 2 == 0
        ? new TellingRule { When = TellingTime.AtOnce, Severity = Severity.High, Subjects = [Name(group)], Languages = ["kk", "ru"] }
        : new TellingRule { When = TellingTime.Hourly, About = TellingScope.Items, Violations = [Name(group)], Countries = ["KZ", "KG"] };

    private static Recipient Reader(int number, IReadOnlyList<TellingRule> rules) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"reader-{number}"),
        Name = "Reader",
        Address = "reader@example.org",
        Language = "en",
        TimeZone = "UTC",
        Sites = false,
        Rules = rules,
    };

    private static AlertRecord Item(int group) => new()
    {
        Key = "item",
        Kind = AlertKind.Item,
        Severity = Severity.Critical,
        Country = "KZ",
        Language = "ru",
        At = DateTimeOffset.UnixEpoch,
        Subjects = ["person", "outlet", "topic", group % 2 == 0 ? Name(group) : "somebody"],
        Violations = ["ACT", group % 2 == 0 ? "OTHER" : Name(group)],
        Fact = Reason.Of("fact"),
        Page = "items/item",
    };

    private static string Name(int group) => string.Create(CultureInfo.InvariantCulture, $"chosen-{group}");

    private static int Naive(Recipient[] recipients, AlertRecord record)
    {
        var told = new List<Routing>();
        foreach (var recipient in recipients)
        {
            TellingRule? first = null;
            bool atOnce = false, hourly = false;
            foreach (var rule in recipient.Rules)
            {
                if (Holds(rule, record))
                {
                    first ??= rule;
                    atOnce |= rule.When is TellingTime.AtOnce;
                    hourly |= rule.When is TellingTime.Hourly;
                }
            }

            if (first is not null)
            {
                told.Add(new Routing(recipient, atOnce, WhenReviewed: false, hourly && !atOnce, Daily: false, Weekly: false, record.Fact));
            }
        }

        return told.Count;
    }

    private static bool Holds(TellingRule rule, AlertRecord record) =>
        record.Severity >= rule.Severity
        && rule.About is not TellingScope.Sites
        && (rule.Subjects.Count == 0 || HasAny(rule.Subjects, record.Subjects))
        && (rule.Violations.Count == 0 || HasAny(rule.Violations, record.Violations))
        && (rule.Languages.Count == 0 || rule.Languages.Contains(record.Language!))
        && (rule.Countries.Count == 0 || rule.Countries.Contains(record.Country!));

    private static bool HasAny(IReadOnlyList<string> chosen, IReadOnlyList<string> values)
    {
        for (var i = 0; i < chosen.Count; i++)
        {
            for (var j = 0; j < values.Count; j++)
            {
                if (string.Equals(chosen[i], values[j], StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
