using Monitoring.App.Hosting;

namespace Monitoring.App.Commands;

/// <summary>Reads files named on the command line.</summary>
internal static class InputFile
{
    /// <exception cref="StartException">The file cannot be read.</exception>
    public static T Read<T>(string file, Func<string, T> read)
    {
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal))
        {
            throw new StartException(ExitCode.NoInput, "The name of a file is expected.");
        }

        try
        {
            return read(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException(ExitCode.NoInput, $"{file}: cannot be read ({failure.GetType().Name}).");
        }
    }
}
