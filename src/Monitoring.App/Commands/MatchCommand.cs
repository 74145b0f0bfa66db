using System.CommandLine;
using System.Globalization;
using Monitoring.Alerts.Mails;
using Monitoring.App.Hosting;
using Monitoring.App.Web;
using Monitoring.Items;

namespace Monitoring.App.Commands;

/// <summary><c>match</c>: what a watch list finds in a text, with every reason. Stores nothing.</summary>
internal static class MatchCommand
{
    public static Command Create(CommandContext context)
    {
        var text = new Argument<string>("text-file") { Description = "The text, UTF-8." };
        var list = new Option<string>("--watchlist") { Description = "The watch list, YAML.", Required = true };
        var candidates = new Option<bool>("--candidates") { Description = "Also show what is too weak to be flagged." };
        var command = new Command("match", "Find a watch list's people, outlets and topics, and acts against the press, in a text, and say why.") { text, list, candidates, CommonOptions.Json };
        command.SetAction(parsed =>
        {
            MachineCheck.Run();
            var compiled = new CompiledList(WatchlistSource.Snapshot(parsed.GetRequiredValue(list), context.World.Time.GetUtcNow()));
            var read = InputFile.Read(parsed.GetRequiredValue(text), File.ReadAllText);
            var findings = parsed.GetValue(candidates) ? compiled.FindWithCandidates(read) : compiled.Find(read);
            if (parsed.GetValue(CommonOptions.Json))
            {
                context.Screen.WriteJson(findings.Select(finding => new { finding.Kind, finding.Name, finding.Start, finding.Length, finding.Surface, finding.Band, finding.Status, finding.Score, Reasons = finding.Reasons.Select(Texts.English.Say) }));
            }
            else
            {
                Show(context.Screen, read, findings);
            }

            return findings.Count > 0 ? ExitCode.Success : ExitCode.AnswerIsNo;
        });
        return command;
    }

    private static void Show(Screen screen, string text, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var line = text.AsSpan(0, finding.Start).Count('\n') + 1;
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"line {line}: {finding.Kind.ToString().ToLowerInvariant()} {Words.NameOf(finding)}: «{finding.Surface}»{BandOf(finding)}{Words.ActOf(finding)}"));
            foreach (var reason in finding.Reasons)
            {
                screen.Line($"  {Texts.English.Say(reason)}");
            }
        }

        screen.Line(findings.Count == 0 ? "Nothing of the list stands in this text." : string.Create(CultureInfo.InvariantCulture, $"{findings.Count} found."));
    }

    private static string BandOf(Finding finding) =>
        finding.Band is { } band ? string.Create(CultureInfo.InvariantCulture, $" ({band.ToString().ToLowerInvariant()}, {finding.Score})") : "";
}
