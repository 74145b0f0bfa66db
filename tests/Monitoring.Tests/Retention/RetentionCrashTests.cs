using System.Globalization;
using Monitoring.Items;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Retention;

/// <summary>A pass is killed before every single write it makes; the next one must end where an undisturbed one ends, and evidence must be whole at every moment.</summary>
public sealed class RetentionCrashTests
{
    private static readonly string[] Tables = ["Items", "ItemTexts", "Mentions", "Flags", "FlagQueues", "Captures", "Mails", "MailList", "MailsPending", "DigestTold", "Audit"];

    [Fact]
    public async Task A_crash_before_any_write_loses_no_evidence_and_the_next_pass_finishes()
    {
        var (undisturbed, writes) = await RunAsync(dieBefore: null);
        Assert.InRange(writes, 10, 60);

        for (var write = 1; write <= writes; write++)
        {
            var (disturbed, _) = await RunAsync(write);
            Assert.True(undisturbed == disturbed, string.Create(CultureInfo.InvariantCulture, $"After a crash before write {write} of {writes}:\n{disturbed}\nUndisturbed:\n{undisturbed}"));
        }
    }

    private static async Task<(string State, int Writes)> RunAsync(int? dieBefore)
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(KeptNews.Weather("0", "Погода на вчера"));
        await news.VisitAsync(news.Arrest(), KeptNews.Weather(), ("3", $"{KeptNews.Person} дал интервью", null), ("4", $"{KeptNews.Person} на выставке", null));
        await news.ConfirmAsync("1");
        await news.DismissAsync("3");
        await news.Station.CycleAsync();
        news.Days(1000);
        await news.RetainAsync();
        await news.VisitAsync(KeptNews.Weather("5", "Погода на сегодня"), ("6", $"{KeptNews.Person} дал другое интервью", null));
        await news.DismissAsync("6");
        news.Days(1000);

        news.CountWrites(out var count);
        if (dieBefore is { } write)
        {
            news.DieBefore(write);
        }

        try
        {
            await news.RetainAsync();
        }
        catch (SimulatedCrashException)
        {
            // Dead, half-way.
        }

        var writes = count();
        await news.RestartAsync();
        await AssertEvidenceAsync(news);
        await news.RetainAsync();
        await AssertEvidenceAsync(news);

        // What the first whole pass removed is looked after by the next one.
        await news.RetainAsync();
        await news.VisitAsync(news.Arrest());
        return (await news.DumpAsync(Tables), writes);
    }

    private static async Task AssertEvidenceAsync(KeptNews news)
    {
        Assert.Equal(FlagState.Confirmed, (await news.FlagAsync("1"))!.State);
        Assert.Equal(FlagState.New, (await news.FlagAsync("4"))!.State);
        foreach (var guid in (string[])["1", "4"])
        {
            Assert.NotNull(await news.ItemAsync(guid));
            Assert.NotEqual("", await news.Items.GetTextAsync(KeptNews.Key(guid), CancellationToken.None));
        }

        // Every flag has an item, were it only one that is on its way out.
        await foreach (var row in news.Tables.Open("Flags").EnumerateAllAsync(CancellationToken.None))
        {
            var (item, removed) = await news.Items.LookUpAsync(new ItemKey(row.Key.Partition, row.Key.Row), CancellationToken.None);
            Assert.True(item is not null || removed is { IsGoing: true });
        }

        Assert.Equal(1, await news.CountAsync("Mails"));
    }
}
