using System.Diagnostics;

namespace Monitoring.Benchmarks.Polling;

/// <summary>This program again, as a process of its own that is told what to do line by line. It ends when it is told nothing more.</summary>
internal sealed class ChildProgram : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProgram(Process process)
    {
        _process = process;
    }

    public static ChildProgram Start(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // As the program is shipped.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return new ChildProgram(Process.Start(start)!);
    }

    /// <exception cref="InvalidOperationException">It ended instead of answering; what it had to say is on standard error.</exception>
    public async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A process of the benchmark ended too early.");

    public async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
