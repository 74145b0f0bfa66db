using System.CommandLine;
using System.Globalization;
using Monitoring.App.Costs;
using Monitoring.App.Hosting;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary><c>cost</c>: what a day on Azure would run and cost, for a list of a given size and the rhythms of the settings. Needs no store and no network.</summary>
internal static class CostCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "cost",
            "What a day runs on Azure, and what it costs: invocations, storage requests, active time and money, for a watch list of a given size and the rhythms of the settings. "
            + $"Storage requests are counted, active times assumed. Prices: {Prices.Source}; check them.");
        foreach (var option in CostOptions.All)
        {
            command.Add(option);
        }

        command.Add(CommonOptions.Json);
        command.SetAction(parsed =>
        {
            var (plan, times, prices, memory) = (CostOptions.PlanOf(parsed), CostOptions.TimesOf(parsed), CostOptions.PricesOf(parsed), CostOptions.MemoryOf(parsed));
            var rhythms = CostRhythms.Of(parsed.LoadSettings());
            var day = CostDay.Of(plan, rhythms, times);
            var bill = Bill.Of(day, prices, memory);
            if (parsed.GetValue(CommonOptions.Json))
            {
                context.Screen.WriteJson(new { plan, rhythms, times, memory, prices, pricesFrom = Prices.Source, timers = day.Timers, queues = day.Queues, host = day.Host, bill });
            }
            else
            {
                WriteFunctions(context.Screen, day);
                WriteBill(context.Screen, bill);
                WriteAssumptions(context.Screen, plan, rhythms, times, memory, bill);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteFunctions(Screen screen, CostDay day)
    {
        var table = TableOf("A day", "Runs", "Tables", "Blobs", "Queues", "Billed s");
        foreach (var function in day.Functions)
        {
            AddRow(function.Name, Count(function.Runs), function.Storage, Count(function.BilledSeconds));
        }

        AddRow("the host (estimated)", "", day.Host, "");
        screen.Results.Write(table);

        void AddRow(string name, string runs, StorageUse storage, string seconds) =>
            table.AddRow(name, runs, Count(storage.Tables), Count(storage.BlobWrites + storage.BlobReads), Count(storage.Queues), seconds);
    }

    private static void WriteBill(Screen screen, Bill bill)
    {
        var table = TableOf("Billed", "A day", "Price", "$ a day", "$ a month");
        foreach (var line in bill.Lines)
        {
            var price = line.Price.ToString("0.######", CultureInfo.InvariantCulture) + (line.Unit > 1 ? " for " + Count(line.Unit) : "");
            table.AddRow(line.What, Count(line.Quantity), price, Money(line.Day), Money(line.Month));
        }

        table.AddRow("together", "", "", Money(bill.Day), Money(bill.Month));
        screen.Results.Write(table);
    }

    private static void WriteAssumptions(Screen screen, CostPlan plan, CostRhythms rhythms, ActiveTimes times, double memory, Bill bill)
    {
        Line($"A month is {Bill.DaysOfMonth} days, less what is free in it: {string.Join(" and ", bill.Lines.Where(line => line.Free > 0).Select(line => $"{Count(line.Free)} {line.What}"))}.");
        Line($"Plan: {plan.Feeds} feeds and {plan.Pages} pages every {rhythms.VisitOf(plan)}, {plan.Sites} sites every {rhythms.Check} from {plan.Vantages} vantages, {plan.Recipients} recipients;");
        Line($"  {plan.NewItems} new items a source, {plan.Teasers:0.##%} of them read on their pages, {plan.Flagged:0.##%} of them flagged, {plan.Mails} mails at once, trouble in {plan.Trouble:0.##%} of checks.");
        Line($"Assumed: {times.StorageMilliseconds} ms a storage request, {times.FetchSeconds} s a fetch, {times.CheckSeconds} s a check from one vantage, {times.MailSeconds} s a mail; {memory} GB an instance.");
        Line($"  Messages of one knock share an instance, at most {HostDay.BatchSize}. If none ever did, the active time would be {Count(bill.GigabyteSecondsAlone)} GB-s a day.");
        Line($"Prices, unless given: {Prices.Source}; check them.");
        Line($"Left out: data kept and sent, logs, visits to the pages, mail services, proxies.");

        void Line(FormattableString text) => screen.Line(text.ToString(CultureInfo.InvariantCulture));
    }

    private static Table TableOf(string first, params string[] numbers)
    {
        var table = new Table().AddColumn(new TableColumn(first).NoWrap());
        foreach (var number in numbers)
        {
            table.AddColumn(new TableColumn(number).RightAligned().NoWrap());
        }

        return table;
    }

    private static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Money(double value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);
}
