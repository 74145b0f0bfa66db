using Monitoring.App.Hosting;
using Monitoring.Storage;
using Monitoring.Storage.Backups;
using Monitoring.Storage.Files;

namespace Monitoring.App.Commands;

/// <summary>The file of a backup. Under its name there is never anything but a whole backup that was read back and found good.</summary>
internal static class BackupFile
{
    /// <param name="write">Fills the stream.</param>
    /// <param name="verify">Reads what was written.</param>
    /// <exception cref="StartException">The file exists, or what was written does not read well.</exception>
    /// <exception cref="StorageUnavailableException">The disk is full, or the place cannot be written to.</exception>
    public static async Task<BackupContents> WriteAsync(string file, Func<Stream, Task> write, Func<Stream, Task<BackupContents>> verify)
    {
        NeedAbsent(file);
        var path = Path.GetFullPath(file);
        var folder = Path.GetDirectoryName(path)!;
        var part = path + ".unfinished";
        try
        {
            // One that a killed backup left would keep its own rights.
            File.Delete(part);
            await using (var output = new FileStream(part, WriteOptions()))
            {
                await write(output);
                await output.FlushAsync();
                RandomAccess.FlushToDisk(output.SafeFileHandle);
            }

            var contents = await ReadAsync(part, verify);
            File.Move(part, path, overwrite: false);
            DirectoryFlush.Flush(folder);
            return contents;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Translate(failure, folder);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                File.Delete(part);
            }
        }
    }

    /// <exception cref="StartException">There is a file of this name.</exception>
    public static void NeedAbsent(string file)
    {
        if (Path.Exists(file))
        {
            throw new StartException(ExitCode.NotWritable, $"{file}: exists already; a backup never overwrites a file.");
        }
    }

    /// <exception cref="StartException">The file cannot be read, or is no backup that can be used.</exception>
    public static async Task<T> ReadAsync<T>(string file, Func<Stream, Task<T>> read)
    {
        try
        {
            await using var input = Open(file);
            return await read(input);
        }
        catch (BackupException bad)
        {
            throw Translate(bad, file);
        }
    }

    /// <exception cref="StartException">The file cannot be read.</exception>
    public static FileStream Open(string file) => InputFile.Read(file, path => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, useAsync: true));

    public static StartException Translate(BackupException bad, string file) =>
        new(bad.Problem is BackupProblem.WrongPassphrase ? ExitCode.WrongPassphrase : ExitCode.BadBackup, $"{file}: {bad.Message}.");

    private static FileStreamOptions WriteOptions()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous, BufferSize = 128 * 1024 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
