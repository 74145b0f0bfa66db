using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Retention.Forgetting;
using Monitoring.Watchlist;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary><c>forget</c>: a listed person or a recipient who asks to be forgotten. Says what it would do, and does it when told so. Works beside a running service.</summary>
internal static class ForgetCommand
{
    private static readonly Argument<string> Who = new("person") { Description = "Id or exact name of a person or recipient on the watch list." };
    private static readonly Option<bool> Confirm = new("--confirm") { Description = "Do it. Without this nothing is changed." };
    private static readonly Option<bool> Texts = new("--texts") { Description = "Also blot the name out of the texts of items that concern others too." };
    private static readonly Option<bool> Captures = new("--captures") { Description = "Also remove captured pages and feeds that hold the name; their hashes stay." };
    private static readonly Option<string> By = new("--by") { Description = "Who does it, for the audit log.", DefaultValueFactory = _ => "command line" };

    public static Command Create(CommandContext context)
    {
        var command = new Command("forget", "Forget a person: erase the entry and everything that names it. Facts that were decided stay under a pseudonym.") { Who, Confirm, Texts, Captures, By, CommonOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = parsed.LoadSettings();
            await using var station = await context.OpenStationAsync(settings, cancellationToken);
            var forgetting = station.Get<PersonForgetting>();
            var entry = Only(parsed.GetRequiredValue(Who), await forgetting.FindAsync(parsed.GetRequiredValue(Who), cancellationToken));
            var scope = new ForgetScope(parsed.GetValue(Texts), parsed.GetValue(Captures));
            var isConfirmed = parsed.GetValue(Confirm);
            var run = await context.Screen.Progress.Status().StartAsync("Looking through everything", status => isConfirmed
                ? forgetting.ForgetAsync(entry, scope, parsed.GetValue(By)!, changed => status.Status(string.Create(CultureInfo.InvariantCulture, $"{changed} changed; looking again")), cancellationToken)
                : forgetting.LookAsync(entry, scope, cancellationToken));
            Write(context.Screen, run, Files(settings, run), parsed.GetValue(CommonOptions.Json));
            return isConfirmed ? ExitCode.Success : ExitCode.AnswerIsNo;
        });
        return command;
    }

    /// <exception cref="StartException">Nobody or several are called so.</exception>
    private static Entry Only(string who, IReadOnlyList<Entry> found) => found switch
    {
        [var entry] => entry,
        [] => throw new StartException(ExitCode.Usage, $"{who}: no person or recipient of the watch list has this id or exact name."),
        _ => throw new StartException(
            ExitCode.Usage,
            $"{who}: {found.Count} entries are called so; give the id of one: {string.Join(", ", found.Select(entry => $"{entry.Id} ({entry.Kind.ToString().ToLowerInvariant()}{(entry.Country is null ? "" : $", {entry.Country}")})"))}."),
    };

    /// <summary>Files of the pickup folder belong to whoever picks them up.</summary>
    private static IReadOnlyList<string> Files(Settings settings, ForgetRun run) =>
        [.. run.Mails.Distinct(StringComparer.Ordinal).Select(mail => Path.GetFullPath(Path.Combine(DataFolder.PickupFolder(settings), mail + ".eml"))).Where(File.Exists)];

    private static void Write(Screen screen, ForgetRun run, IReadOnlyList<string> files, bool json)
    {
        if (json)
        {
            screen.WriteJson(new { done = run.Apply, id = run.Apply ? null : run.Entry.Id, pseudonym = run.Apply ? run.Erasure.Pseudonym : null, counts = run.Counts, filesNotTouched = files });
            return;
        }

        var table = new Table().AddColumn(run.Apply ? "Done" : "Would be done").AddColumn(new TableColumn("Count").RightAligned());
        foreach (var (what, count) in run.Counts)
        {
            table.AddRow(Markup.Escape(what), count.ToString(CultureInfo.InvariantCulture));
        }

        table.AddRow("entry of the watch list", "1");
        screen.Results.Write(table);
        foreach (var file in files)
        {
            screen.Line($"Not touched, remove it yourself: {file}");
        }

        screen.Line(run.Apply ? $"Forgotten. What stays is said of {run.Erasure.Pseudonym}." : "Nothing was changed. Run again with --confirm to do it.");
    }
}
