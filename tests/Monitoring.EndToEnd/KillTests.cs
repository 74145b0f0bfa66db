using System.Text.RegularExpressions;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Demo;
using Monitoring.EndToEnd.Support;

namespace Monitoring.EndToEnd;

/// <summary>
/// The service is killed with SIGKILL at random moments of its work and started again. It ends with the same facts and the same mails as one that was
/// left alone: everything planted, and nothing twice.
/// </summary>
public sealed partial class KillTests
{
    private const int Kills = 8;

    [Fact]
    public async Task Killed_at_random_moments_the_service_loses_nothing_and_tells_nothing_twice()
    {
        var seed = Environment.TickCount;

        var undisturbed = RunAsync(random: null);
        var disturbed = RunAsync(new Random(seed));

        Assert.True((await undisturbed).SequenceEqual(await disturbed), $"Seed {seed}.\nUndisturbed:\n{string.Join('\n', await undisturbed)}\nKilled:\n{string.Join('\n', await disturbed)}");
    }

    /// <returns>To whom what was mailed, sorted.</returns>
    private static async Task<IReadOnlyList<string>> RunAsync(Random? random)
    {
        using var folder = new TempFolder();
        var articles = DemoArticle.ReadAll();
        await using var world = await DemoWorld.StartAsync(articles, DemoSettings.Factor, TimeProvider.System, CancellationToken.None);
        var service = new ServiceInWorld(folder, world);
        await service.ImportAsync();

        var kills = random is null ? 0 : Kills;
        var plot = new DemoPlot(world);
        IReadOnlyList<FactRow> rows = [];
        var process = Start();
        try
        {
            await Eventually.Async(
                async () =>
                {
                    if (kills > 0 && random!.Next(12) == 0)
                    {
                        kills--;
                        process.Signal("KILL");
                        await process.FinishAsync();
                        process.Dispose();
                        process = Start();
                    }

                    Assert.False(process.HasExited, process.Output + process.Errors);
                    await using var station = service.Open();
                    var facts = new DemoFacts(station, world, articles);
                    rows = await facts.CompareAsync(CancellationToken.None);
                    await plot.AdvanceAsync(facts, _ => { }, CancellationToken.None);
                    return kills == 0 && rows.All(row => row.IsGood);
                },
                TimeSpan.FromMinutes(4),
                () => $"all facts; {(random is null ? "undisturbed" : "killed")}, {kills} kills left\n{string.Join('\n', rows.Where(row => !row.IsGood))}\n{process.Output}\n{process.Errors}");
            return await MailsAsync(service, folder);
        }
        finally
        {
            process.Dispose();
        }

        ProgramProcess Start() => service.Start("run");
    }

    private static async Task<IReadOnlyList<string>> MailsAsync(ServiceInWorld service, TempFolder folder)
    {
        await using var station = service.Open();
        var list = await station.Get<Watchlist.WatchlistReader>().GetAsync(CancellationToken.None);
        var mails = (await station.Get<Outbox>().ListAsync(after: null, take: 1000, CancellationToken.None)).Mails;
        Assert.Equal(mails.Count, Directory.GetFiles(folder.File("data/mail"), "*.eml").Length);
        var lines = mails.Select(mail =>
        {
            var to = list.Recipients.First(recipient => recipient.Id == mail.RecipientId).Name;

            // How long an episode was differs from run to run, and what a digest counts depends on its moment.
            return mail.Kind is MailKind.Digest ? $"{to}: digest" : $"{to}: {Digits().Replace(mail.Subject, "#")}";
        });
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
