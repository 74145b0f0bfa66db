using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Storage;
using Monitoring.Storage.Backups;
using Monitoring.Storage.Moving;

namespace Monitoring.App.Commands;

/// <summary><c>backup</c>: everything that is kept, in one encrypted file; works beside a running service.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The file to write; one that exists is never overwritten." };

    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "backup",
            "Write everything that is kept into one encrypted file, and read it back to prove it. Works beside a running service. Who loses the passphrase loses the backup.")
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
        BackupFile.NeedAbsent(file);
        await using var store = await context.OpenStoreAsync(settings.Get<StorageOptions>().Engine, mustExist: true, settings, cancellationToken);
        var passphrase = Passphrase.Get(parsed, context.Screen, isNew: true);
        var (contents, isOfOneMoment) = await context.Screen.FollowAsync(note => WriteAsync(context, store, file, passphrase, note, cancellationToken));
        Show(context.Screen, store, file, contents, isOfOneMoment, parsed.GetValue(CommonOptions.Json));
        return isOfOneMoment ? ExitCode.Success : ExitCode.AnswerIsNo;
    }

    private static async Task<(BackupContents Contents, bool IsOfOneMoment)> WriteAsync(
        CommandContext context, OpenStore store, string file, string passphrase, Action<MoveStep> note, CancellationToken cancellationToken)
    {
        await using var snapshot = store.Engines is DataFolder folder ? await folder.SnapshotAsync(cancellationToken) : null;
        var source = snapshot is null ? store.Store : store.Store with { Tables = new LimitedTables(snapshot.Tables) };
        var contents = await BackupFile.WriteAsync(
            file,
            output => StoreBackup.WriteAsync(source, StoreVersion.Current, context.World.Time.GetUtcNow(), output, passphrase, note, cancellationToken),
            input => StoreBackup.VerifyAsync(input, passphrase, StoreVersion.Current, note, cancellationToken));

        // An account gives no snapshot: only what reads the same twice is the state of a moment.
        return (contents, snapshot is not null || (await source.SumAsync(note, cancellationToken)).SequenceEqual(contents.Parts));
    }

    private static void Show(Screen screen, OpenStore store, string file, BackupContents contents, bool isOfOneMoment, bool json)
    {
        var bytes = new FileInfo(file).Length;
        if (json)
        {
            screen.WriteJson(new { file, bytes, isOfOneMoment, contents.Taken, contents.Skipped, mailsLeft = store.Mails, contents.Parts });
            return;
        }

        screen.WriteParts(contents.Parts);
        if (contents.Skipped > 0)
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{contents.Skipped} blobs were deleted while the backup was written, and are not in it."));
        }

        screen.TellMailsLeft(store);
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{file}: {bytes} bytes written, read back and good."));
        if (!isOfOneMoment)
        {
            screen.Line("The store changed while it was read, so this is not its state at one moment. Stop the workers for a backup to rely on.");
        }
    }
}
