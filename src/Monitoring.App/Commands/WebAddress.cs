using Monitoring.App.Hosting;

namespace Monitoring.App.Commands;

/// <summary>An address given on the command line where a file may be given too.</summary>
internal static class WebAddress
{
    /// <exception cref="StartException">It is none.</exception>
    public static Uri Need(string where) =>
        Uri.TryCreate(where, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new StartException(ExitCode.NoInput, $"{where}: neither a file nor an http or https address.");
}
