using System.CommandLine;
using Monitoring.App.Hosting;
using Monitoring.Storage;
using Monitoring.Storage.Backups;
using Monitoring.Storage.Moving;

namespace Monitoring.App.Commands;

/// <summary><c>restore</c>: a backup into an empty store of whatever engine.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> File = new("file") { Description = "A file that 'backup' wrote." };

    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "restore",
            "Fill an empty store from a backup. The file is checked whole before anything is written. Interrupted, the store starts no service until restore is run again or the store is emptied.")
        {
            File, Passphrase.File, CommonOptions.Json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = parsed.LoadSettings();
        var file = parsed.GetRequiredValue(File);
        await BackupFile.Open(file).DisposeAsync();
        var passphrase = Passphrase.Get(parsed, context.Screen, isNew: false);
        await using var store = await context.OpenStoreAsync(settings.Get<StorageOptions>().Engine, mustExist: false, settings, cancellationToken);
        using var kept = store.KeepWorkersAway();
        var (backup, parts) = await context.Screen.FollowAsync(note => RestoreAsync(context, store, file, passphrase, note, cancellationToken));
        Show(context.Screen, backup, parts, parsed.GetValue(CommonOptions.Json));
        return parts.All(part => part.IsSame) ? ExitCode.Success : ExitCode.AnswerIsNo;
    }

    private static async Task<(BackupContents Backup, IReadOnlyList<PartComparison> Parts)> RestoreAsync(
        CommandContext context, OpenStore store, string file, string passphrase, Action<MoveStep> note, CancellationToken cancellationToken)
    {
        try
        {
            return await new StoreRestore(store.Store, context.World.Time, note).RunAsync(() => BackupFile.Open(file), passphrase, StoreVersion.Current, cancellationToken);
        }
        catch (BackupException bad)
        {
            throw BackupFile.Translate(bad, file);
        }
    }

    private static void Show(Screen screen, BackupContents backup, IReadOnlyList<PartComparison> parts, bool json)
    {
        var isSame = parts.All(part => part.IsSame);
        if (json)
        {
            screen.WriteJson(new { same = isSame, backup.Taken, backup.Skipped, parts });
            return;
        }

        screen.WriteComparison(parts);
        screen.Line(isSame
            ? $"Restored what was kept on {backup.Taken:yyyy-MM-dd HH:mm} UTC; the store was read again and holds the same."
            : "The store does not hold what the backup says: it starts no service; run 'restore' again.");
    }
}
