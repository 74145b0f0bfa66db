using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Storage.Moving;

namespace Monitoring.App.Commands;

/// <summary><c>storage copy|verify</c>: everything of one store into another, and whether two hold the same.</summary>
internal static class StorageCommand
{
    private static readonly Option<string> From = new("--from") { Description = $"The store to read: {StoreSpec.Help}", Required = true };

    private static readonly Option<string> To = new("--to") { Description = "The other store, named in the same way.", Required = true };

    public static Command Create(CommandContext context) => new("storage", "Move what is kept to another store, or compare two stores.") { Copy(context), Verify(context) };

    private static Command Copy(CommandContext context)
    {
        var command = new Command(
            "copy",
            "Copy everything into an empty store, and read both again to compare them. Stop the service first. Interrupted, it goes on when it is run again. "
            + "Waiting work is not copied: rows say what is due, and the timers of the new store's service ask them.") { From, To, CommonOptions.Json };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed, write: true, cancellationToken));
        return command;
    }

    private static Command Verify(CommandContext context)
    {
        var command = new Command("verify", "Compare two stores: counts and hashes of every table and every folder of blobs. Exit code 0 if they hold the same, 20 if not.") { From, To, CommonOptions.Json };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed, write: false, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, bool write, CancellationToken cancellationToken)
    {
        var settings = parsed.LoadSettings();
        await using var from = await context.OpenStoreAsync(parsed.GetRequiredValue(From), mustExist: true, settings, cancellationToken);
        await using var to = await context.OpenStoreAsync(parsed.GetRequiredValue(To), mustExist: !write, settings, cancellationToken);
        if (from.Store.Name == to.Store.Name)
        {
            throw new StartException(ExitCode.Usage, $"{from.Store.Name}: two different stores are needed.");
        }

        using var fromKept = write ? from.KeepWorkersAway() : null;
        using var toKept = write ? to.KeepWorkersAway() : null;
        var report = await context.Screen.FollowAsync(async note =>
        {
            var copy = new StoreCopy(from.Store, to.Store, context.World.Time, note);
            return write ? await copy.RunAsync(cancellationToken) : new CopyReport(await copy.CompareAsync(cancellationToken), Written: 0, SourceChanged: false);
        });
        Show(context.Screen, report, write, write ? from : null, parsed.GetValue(CommonOptions.Json));
        return report.IsVerified ? ExitCode.Success : ExitCode.AnswerIsNo;
    }

    private static void Show(Screen screen, CopyReport report, bool wrote, OpenStore? left, bool json)
    {
        if (json)
        {
            screen.WriteJson(new { same = report.IsVerified, report.SourceChanged, report.Written, mailsLeft = left?.Mails ?? 0, report.Parts });
            return;
        }

        screen.WriteComparison(report.Parts);
        if (wrote)
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{report.Written} rows and blobs written by this run."));
        }

        if (left is not null)
        {
            screen.TellMailsLeft(left);
        }

        screen.Line(report switch
        {
            { IsVerified: true } => "Both stores hold the same.",
            { SourceChanged: true } => "The source changed meanwhile: stop who writes to it and run the same command again, it brings over what is new.",
            _ => "The stores differ.",
        });
    }
}
