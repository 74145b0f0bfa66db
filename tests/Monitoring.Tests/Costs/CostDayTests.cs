using System.Globalization;
using System.Text.Json;
using Monitoring.App.Costs;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Costs;

public sealed class CostDayTests
{
    private static readonly ActiveTimes Times = new();

    [Theory]
    [InlineData("PollFeeds", 2880)] // every 30 s
    [InlineData("CheckSites", 4320)] // every 20 s
    [InlineData("SendAlerts", 1440)] // every minute, at its fifth second
    [InlineData("CollectPoison", 288)]
    [InlineData("Retention", 1)]
    public void A_timer_runs_as_often_as_its_setting_says(string name, double runs)
    {
        Assert.Equal(runs, Function(Day(new CostPlan()), name).Runs);
    }

    [Fact]
    public void A_knock_on_workdays_runs_five_sevenths_of_a_day()
    {
        Assert.Equal(5 / 7.0, Function(Day(new CostPlan(), ("Knocks__Retention", "0 0 6 * * 1-5")), "Retention").Runs, precision: 9);
    }

    [Theory]
    [InlineData("00:05:00", "*/20 * * * * *", 270)] // a check begins a moment after its knock, so the sixteenth knock finds it due
    [InlineData("00:10:00", "0 * * * * *", 1440 / 11.0)]
    [InlineData("00:00:50", "0 * * * * *", 1440)]
    public void A_site_is_checked_at_the_first_knock_after_its_interval(string interval, string knock, double checks)
    {
        var day = Day(new CostPlan { Sites = 1 }, ("Availability__Interval", interval), ("Knocks__CheckSites", knock));

        Assert.Equal(checks, Function(day, "CheckSite").Runs, precision: 6);
    }

    [Theory]
    [InlineData("00:05:00", 24)] // once an hour
    [InlineData("06:00:00", 4)] // at every check
    public void Checks_are_summed_up_once_an_hour_or_at_every_check(string interval, double rolls)
    {
        using var folder = new TempFolder();

        Assert.InRange(CostRhythms.Of(TestStation.Settings(folder, ("Availability__Interval", interval))).RollsOfSite, 0.99 * rolls, rolls);
    }

    [Fact]
    public void A_source_is_visited_after_its_interval_with_half_a_tenth_of_chance_and_half_a_gap()
    {
        Assert.Equal(86_400.0 / (900 * 1.05 + 15), Function(Day(new CostPlan { Feeds = 1, EveryMinutes = 15 }), "VisitSource").Runs, precision: 6);
    }

    [Theory]
    [InlineData(10, 72)] // half the time between two items
    [InlineData(0.5, 720)] // the longest
    [InlineData(0, 720)]
    [InlineData(1000, 5)] // the shortest
    public void Without_an_interval_of_its_own_a_source_is_visited_as_the_schedule_finds(double items, double minutes)
    {
        Assert.Equal(86_400.0 / (60 * minutes * 1.05 + 15), Function(Day(new CostPlan { Feeds = 1, NewItems = items }), "VisitSource").Runs, precision: 6);
    }

    [Fact]
    public void Nothing_watched_costs_the_knocks_only()
    {
        var day = Day(new CostPlan { Feeds = 0, Sites = 0, Recipients = 0, Mails = 0 });

        Assert.All(day.Queues, function => Assert.Equal((0, default, 0), (function.Runs, function.Storage, function.BilledSeconds)));
        Assert.Equal(13_681, day.Timers.Sum(timer => timer.Runs), precision: 6);
    }

    [Theory]
    [InlineData(0.2, 10)] // at least a second each
    [InlineData(1.01, 11)] // a tenth begun is a whole one
    [InlineData(2.5, 25)]
    public void An_active_second_is_billed_at_least(double seconds, double billed)
    {
        Assert.Equal(billed, new FunctionDay("F", 10, default, seconds).BilledSeconds, precision: 9);
    }

    [Fact]
    public void Runs_that_come_together_share_the_active_time()
    {
        var day = new FunctionDay("F", 80, default, Seconds: 3, Together: 8);

        Assert.Equal((30, 240), (day.BilledSeconds, day.BilledSecondsAlone));
    }

    [Fact]
    public void Messages_of_one_knock_come_together_and_at_most_a_batch()
    {
        Assert.Equal(1, Function(Day(new CostPlan { Sites = 10 }), "CheckSite").Together);
        Assert.Equal(4, Function(Day(new CostPlan { Sites = 64 }), "CheckSite").Together, precision: 9);
        Assert.Equal(8, Function(Day(new CostPlan { Sites = 10_000 }), "CheckSite").Together);
    }

    [Fact]
    public void Vantages_are_measured_four_at_a_time_and_a_canary_before_some()
    {
        // 200 sites are checked 54,000 times a day, and each of two canaries is measured every 80 s.
        Assert.Equal(Times.CheckSeconds * (1 + 1080 / 54_000.0) + Storage(3), Function(Day(new CostPlan { Vantages = 3 }), "CheckSite").Seconds, precision: 6);
        Assert.Equal(Times.CheckSeconds * (2 + 1080 / 54_000.0) + Storage(5), Function(Day(new CostPlan { Vantages = 5 }), "CheckSite").Seconds, precision: 6);

        static double Storage(double vantages)
        {
            var checks = Function(Day(new CostPlan { Vantages = vantages }), "CheckSite");
            return checks.Storage.All / checks.Runs * Times.StorageMilliseconds / 1000;
        }
    }

    [Fact]
    public void What_is_free_in_a_month_is_not_billed()
    {
        var prices = new Prices { FreeGigabyteSeconds = 1e9, FreeExecutions = 1_000_000 };

        var bill = Bill.Of(Day(new CostPlan()), prices, memory: 2);

        Assert.Equal(0, bill.Lines[0].Month);
        Assert.Equal((bill.Lines[1].Quantity * 30 - 1_000_000) / 1_000_000 * prices.MillionExecutions, bill.Lines[1].Month, precision: 9);
        Assert.Equal(bill.Lines.Sum(line => line.Month), bill.Month, precision: 9);
    }

    [Fact]
    public void Storage_is_paid_by_ten_thousand_with_what_the_host_asks()
    {
        var day = Day(new CostPlan());

        var tables = Bill.Of(day, new Prices(), memory: 2).Lines.Single(line => line.What == "table requests");
        var queues = Bill.Of(day, new Prices(), memory: 2).Lines.Single(line => line.What == "queue requests");

        Assert.Equal(day.Storage.Tables / 10_000 * 0.00036, tables.Day, precision: 9);
        Assert.Equal((day.Storage.Queues + day.Host.Queues) / 10_000 * 0.004, queues.Day, precision: 9);
    }

    [Fact]
    public void Half_the_memory_is_half_the_price_of_active_time()
    {
        var day = Day(new CostPlan());

        Assert.Equal(Bill.Of(day, new Prices(), memory: 2).Lines[0].Day / 2, Bill.Of(day, new Prices(), memory: 1).Lines[0].Day, precision: 9);
    }

    [Fact]
    public void The_host_looks_into_queues_as_its_file_says()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Repository.Path("src", "Monitoring.App", "Functions", "host.json")));
        var queues = host.RootElement.GetProperty("extensions").GetProperty("queues");

        Assert.Equal(HostDay.PollEvery.ToString(), queues.GetProperty("maxPollingInterval").GetString());
        Assert.Equal(HostDay.BatchSize, queues.GetProperty("batchSize").GetDouble());
    }

    [Fact]
    public void Every_function_but_the_pages_has_its_line()
    {
        var folders = Directory.GetDirectories(Repository.Path("src", "Monitoring.App", "Functions")).Select(Path.GetFileName).Where(name => name != "Pages");

        Assert.Equal(folders.Order(StringComparer.Ordinal), Day(new CostPlan()).Functions.Select(function => function.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_readme_tells_the_usual_day()
    {
        var (day, readme) = (Day(new CostPlan()), File.ReadAllText(Repository.Path("README.md")));
        var (large, small) = (Bill.Of(day, new Prices(), memory: 2), Bill.Of(day, new Prices(), memory: 0.5));

        Assert.Contains(Row("knocks", day.Timers), readme, StringComparison.Ordinal);
        Assert.Contains(Row("visits, articles, understanding", Functions("VisitSource", "ReadArticle", "Understand")), readme, StringComparison.Ordinal);
        Assert.Contains(Row("checks", Functions("CheckSite")), readme, StringComparison.Ordinal);
        Assert.Contains(Row("mails and digests", Functions("SendMail", "ComposeDigest")), readme, StringComparison.Ordinal);
        Assert.Contains(Inv($"| the host itself, estimated | | {day.Host.All:#,0} | |"), readme, StringComparison.Ordinal);
        Assert.Contains(
            Inv($"together, about {large.Month:0} USD a month with 2 GB an instance, {small.Month:0} with 512 MB | {large.Lines[1].Quantity:#,0} | {(day.Storage + day.Host).All:#,0} | {large.Lines[0].Quantity:#,0} |"),
            readme,
            StringComparison.Ordinal);

        IEnumerable<FunctionDay> Functions(params string[] names) => names.Select(name => Function(day, name));

        static string Row(string what, IEnumerable<FunctionDay> functions) =>
            Inv($"| {what} | {functions.Sum(function => function.Runs):#,0} | {functions.Sum(function => function.Storage.All):#,0} | {2 * functions.Sum(function => function.BilledSeconds):#,0} |");

        static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }

    private static CostDay Day(CostPlan plan, params (string Name, string Value)[] settings)
    {
        using var folder = new TempFolder();
        return CostDay.Of(plan, CostRhythms.Of(TestStation.Settings(folder, settings)), Times);
    }

    private static FunctionDay Function(CostDay day, string name) => day.Functions.Single(function => function.Name == name);
}
