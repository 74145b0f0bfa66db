using System.Diagnostics;

namespace Monitoring.EndToEnd.FunctionsHost;

/// <summary>
/// The package as it is deployed: self-contained, in one file, Release. The first test that asks has it made, by the script that deploys, and the others
/// share it.
/// </summary>
internal static class PublishedApp
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(5);

    private static readonly Lazy<Task<string>> Folder = new(PackAsync);

    public static Task<string> FolderAsync() => Folder.Value;

    private static async Task<string> PackAsync()
    {
        var folder = Repository.Path("artifacts", "package-of-tests");
        using var pack = Process.Start(new ProcessStartInfo("bash", [Repository.Path("infra", "package.sh"), folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // No servers that outlive the build and keep its output open; and the code was judged when the tests were built.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0", ["UseSharedCompilation"] = "false", ["RunAnalyzers"] = "false" },
        })!;
        using var deadline = new CancellationTokenSource(AtMost);
        var (output, errors) = (pack.StandardOutput.ReadToEndAsync(deadline.Token), pack.StandardError.ReadToEndAsync(deadline.Token));
        await pack.WaitForExitAsync(deadline.Token);
        return pack.ExitCode == 0 ? folder : throw new InvalidOperationException($"The package could not be made.\n{await output}\n{await errors}");
    }
}
