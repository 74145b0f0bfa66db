namespace Monitoring.App.Hosting;

/// <summary>Folders that only their owner may look into: what is kept names people who are persecuted, and those who watch over them.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder for its owner alone; one that exists is left as it is. On Windows the folder above decides.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Owner);
        }
    }

    /// <summary>One line if others on this machine may look into the folder, with what mends it; otherwise null.</summary>
    public static string? Warning(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0
        ? $"Warning: others on this machine may look into the data folder; mend it with: chmod 700 '{path.Replace("'", "'\\''", StringComparison.Ordinal)}'"
        : null;
}
