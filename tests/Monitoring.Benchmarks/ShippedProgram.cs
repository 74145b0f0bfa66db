using System.Diagnostics;

namespace Monitoring.Benchmarks;

/// <summary>The program as it is shipped, as a process of its own.</summary>
internal static class ShippedProgram
{
    public static Process Start(string folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var arg in args.Prepend(Path.Combine(AppContext.BaseDirectory, "Monitoring.App.dll")).Prepend("exec"))
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }

    /// <returns>Exit code and duration of <c>demo --once</c>, which leaves its data in <c>data-demo</c>.</returns>
    public static async Task<(int ExitCode, TimeSpan Took)> DemoAsync(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        using var demo = Start(folder, "demo", "--once", "--port", "0");
        await demo.StandardOutput.ReadToEndAsync();
        await demo.WaitForExitAsync();
        return (demo.ExitCode, Stopwatch.GetElapsedTime(started));
    }
}
