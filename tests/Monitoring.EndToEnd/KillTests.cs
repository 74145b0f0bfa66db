using System.Text.Json;
using System.Text.RegularExpressions;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Demo;
using Monitoring.App.Hosting;
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
        var settings = WriteSettings(folder, world);
        await ImportAsync(folder, world, settings);
        var rootPem = world.Root.ExportCertificatePem();

        var kills = random is null ? 0 : Kills;
        var (isLive, hasEased) = (false, false);
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
                    await using var station = Station.Open(Settings.Load(settings, []), world.Outside);
                    var facts = new DemoFacts(station, world, articles);
                    rows = await facts.CompareAsync(CancellationToken.None);
                    if (!isLive && rows.First(row => row.What.StartsWith("articles", StringComparison.Ordinal)).Found == articles.Count(article => !article.Live))
                    {
                        isLive = true;
                        world.Press.GoLive();
                    }

                    if (!hasEased && await facts.HaveAllOpenedAsync(CancellationToken.None))
                    {
                        hasEased = true;
                        await world.EaseAsync(CancellationToken.None);
                    }

                    return kills == 0 && rows.All(row => row.IsGood);
                },
                TimeSpan.FromMinutes(4),
                () => $"all facts; {(random is null ? "undisturbed" : "killed")}, {kills} kills left\n{string.Join('\n', rows.Where(row => !row.IsGood))}\n{process.Output}\n{process.Errors}");
            return await MailsAsync(settings, world, folder);
        }
        finally
        {
            process.Dispose();
        }

        ProgramProcess Start() => ProgramProcess.StartInWorld(folder.Path, rootPem, "run", "--settings", settings);
    }

    private static string WriteSettings(TempFolder folder, DemoWorld world)
    {
        var values = DemoSettings.Make(folder.File("data"), world.Resolver.Endpoint, port: 0).ToDictionary(pair => pair.Key, pair => pair.Value);

        // A dead process is waited for this long; and a freshly started one is slow at its first handshakes.
        (values["Work__Lease"], values["Work__ClaimFor"], values["Alerts__SendingAtMost"]) = ("00:00:03", "00:00:04", "00:00:03");
        (values["Probes__TcpTimeout"], values["Probes__TlsTimeout"], values["Probes__HttpTimeout"], values["Probes__CheckTimeout"]) = ("00:00:02", "00:00:02", "00:00:04", "00:00:08");
        (values["Probes__DnsTimeout"], values["Fetching__Timeout"], values["Fetching__ConnectTimeout"]) = ("00:00:02", "00:00:05", "00:00:03");
        return folder.Write("settings.json", JsonSerializer.Serialize(new { Values = values }));
    }

    private static async Task ImportAsync(TempFolder folder, DemoWorld world, string settings)
    {
        var list = folder.Write("list.yaml", DemoList.Write(world, DemoSettings.Every, DateTimeOffset.UtcNow + DemoSettings.Every * 10));
        var import = await ProgramProcess.RunAsync(folder.Path, "watchlist", "import", list, "--settings", settings);
        Assert.True(import.ExitCode == 0, import.Errors);
    }

    private static async Task<IReadOnlyList<string>> MailsAsync(string settings, DemoWorld world, TempFolder folder)
    {
        await using var station = Station.Open(Settings.Load(settings, []), world.Outside);
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
