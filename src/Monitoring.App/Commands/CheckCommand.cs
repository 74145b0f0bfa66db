using System.CommandLine;
using System.Globalization;
using Monitoring.Alerts.Mails;
using Monitoring.App.Hosting;
using Monitoring.App.Web;
using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Blocking.Fingerprints;
using Monitoring.Watchlist;

namespace Monitoring.App.Commands;

/// <summary><c>check</c>: one site now, from every vantage of a watch list, with what each layer did and why the verdict is what it is. Stores nothing.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandContext context)
    {
        var url = new Argument<string>("url") { Description = "The site, http or https." };
        var list = new Option<string?>("--watchlist") { Description = "A watch list whose vantages are used; without it the site is only looked at directly." };
        var only = new Option<string[]>("--vantage") { Description = "Only this vantage, beside the direct one. May be repeated." };
        var prints = new Option<string[]>("--fingerprints") { Description = "Marks of block pages and false DNS answers, in OONI's format. May be repeated." };
        var command = new Command("check", "Test one site and show the reasoning: DNS, TCP, TLS and HTTP, compared with the direct connection.") { url, list, only, prints, CommonOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = parsed.LoadSettings();
            var site = Site(parsed.GetRequiredValue(url));
            var vantages = Vantages(parsed.GetValue(list), parsed.GetValue(only) ?? [], context.World.Time.GetUtcNow());
            var known = FingerprintSet.Compile((parsed.GetValue(prints) ?? []).SelectMany(file => FingerprintsCommand.NeedWhole(file).Good));
            await using var station = new ServiceCollection().AddMonitoring(settings, context.World).AddLogging().BuildServiceProvider();
            var lines = station.GetRequiredService<VantageLines>();
            var checks = await new SiteMeasuring(lines, new FreshCanaries(lines), new NoMemory(), new FixedFingerprints(known)).CheckAsync("check", site, vantages, cancellationToken);
            Show(context.Screen, checks, parsed.GetValue(CommonOptions.Json));
            return checks.All(check => check.Verdict.Reachability is Reachability.Reachable) ? ExitCode.Success : ExitCode.AnswerIsNo;
        });
        return command;
    }

    private static void Show(Screen screen, IReadOnlyList<SiteCheck> checks, bool json)
    {
        if (json)
        {
            screen.WriteJson(checks.Select(check => new { vantage = check.Vantage.Name, check.Verdict.Class, check.Verdict.Grade, check.Verdict.Rule, check.Probed.Measurement }));
            return;
        }

        foreach (var check in checks)
        {
            screen.Line($"{check.Vantage.Name}: {Words.Of(check.Verdict).Word} ({check.Verdict.Class}, {check.Verdict.Grade.ToString().ToLowerInvariant()}, rule {check.Verdict.Rule})");
            foreach (var reason in check.Verdict.Reasons)
            {
                screen.Line($"  {Texts.English.Say(reason)}");
            }

            foreach (var attempt in check.Probed.Measurement.Attempts)
            {
                screen.Line($"  an earlier try: {attempt.Failed.ToString().ToUpperInvariant()} {attempt.Failure}");
            }

            foreach (var hop in check.Probed.Measurement.Hops)
            {
                ShowHop(screen, hop);
            }

            foreach (var contrast in check.Probed.Measurement.Contrasts)
            {
                screen.Line($"    {Words.Of(contrast.Kind)}, {contrast.Name} at {contrast.Endpoint}: {contrast.Failure ?? "answered"}{Took(contrast.Milliseconds)}");
            }
        }
    }

    private static void ShowHop(Screen screen, Hop hop)
    {
        screen.Line($"  {hop.Url.AbsoluteUri}");
        if (hop.Dns is { } dns)
        {
            screen.Line($"    DNS   {dns.Failure ?? string.Join(", ", dns.Addresses)} by {dns.Resolver}{Took(dns.Milliseconds)}");
        }

        foreach (var tcp in hop.Tcp)
        {
            screen.Line($"    TCP   {tcp.Endpoint} {tcp.Failure ?? "connected"}{(tcp.ProxyStatus is { } status ? $", the proxy said {status}" : "")}{Took(tcp.Milliseconds)}");
        }

        if (hop.Tls is { } tls)
        {
            screen.Line($"    TLS   {tls.Failure ?? tls.CertificateFailure ?? "good certificate"}{Took(tls.Milliseconds)}");
        }

        if (hop.Http is { } http)
        {
            screen.Line($"    HTTP  {http.Failure ?? $"{http.Status}, {http.BodyLength} bytes, «{http.Title}»"}{Took(http.Milliseconds)}");
        }
    }

    private static string Took(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $", {milliseconds:0} ms");

    private static Uri Site(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new StartException(ExitCode.Usage, $"{text}: an absolute http or https address is expected.");

    /// <summary>The direct vantage first, then the chosen ones.</summary>
    private static List<Vantage> Vantages(string? file, string[] only, DateTimeOffset now)
    {
        var listed = file is null ? [] : WatchlistSource.Snapshot(file, now).Vantages;
        foreach (var name in only.Where(name => !listed.Any(vantage => vantage.Name == name)))
        {
            throw new StartException(ExitCode.Usage, $"--vantage {name}: the watch list has no such vantage; it has {string.Join(", ", listed.Select(vantage => vantage.Name))}.");
        }

        var direct = listed.FirstOrDefault(vantage => vantage.Via is VantageKind.Direct) ?? new Vantage { Id = "direct", Name = "direct" };
        return [direct, .. listed.Where(vantage => vantage != direct && (only.Length == 0 || only.Contains(vantage.Name)))];
    }
}
