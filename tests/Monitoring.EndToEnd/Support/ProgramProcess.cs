using System.Diagnostics;
using System.Text;

namespace Monitoring.EndToEnd.Support;

/// <summary>What a finished process left.</summary>
internal sealed record Finished(int ExitCode, string Output, string Errors);

/// <summary>The program as a process of its own, with its output gathered.</summary>
internal sealed class ProgramProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Lock _gate = new();

    private ProgramProcess(string program, string folder, IEnumerable<string> args, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_gate)
            {
                return _output.ToString();
            }
        }
    }

    public string Errors
    {
        get
        {
            lock (_gate)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>The program as it was built.</summary>
    public static ProgramProcess Start(string folder, params string[] args) => new("dotnet", folder, ["exec", BuiltFile("Monitoring.App.dll"), .. args], []);

    /// <summary>The program in a world on loopback whose authority is given.</summary>
    public static ProgramProcess StartInWorld(string folder, string rootPem, params string[] args) =>
        new("dotnet", folder, ["exec", BuiltFile("Monitoring.EndToEnd.dll"), .. args], [(LoopbackProgram.RootVariable, rootPem)]);

    /// <summary>An executable in its own folder, without arguments, as the Functions host starts it.</summary>
    /// <param name="rootPem">Of the world on loopback; null: the program as it is.</param>
    public static ProgramProcess StartUnderHost(string program, string? rootPem, IEnumerable<(string Name, string Value)> environment)
    {
        (string, string)[] world = rootPem is null ? [] : [(LoopbackProgram.RootVariable, rootPem), (StartupHook.Variable, BuiltFile("Monitoring.EndToEnd.dll"))];
        return new(program, Path.GetDirectoryName(program)!, [], [.. environment, .. world]);
    }

    public static async Task<Finished> RunAsync(string folder, params string[] args)
    {
        using var process = Start(folder, args);
        return await process.FinishAsync();
    }

    /// <summary>Waits for the end, two minutes at most.</summary>
    public async Task<Finished> FinishAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(deadline.Token);
        return new Finished(_process.ExitCode, Output, Errors);
    }

    /// <summary>Waits until the output holds a text, a minute at most.</summary>
    public async Task WaitForAsync(string text)
    {
        bool IsThere() => Output.Contains(text, StringComparison.Ordinal);
        await Eventually.Async(() => Task.FromResult(IsThere() || HasExited), TimeSpan.FromMinutes(1), () => $"'{text}' in the output:\n{Output}\n{Errors}");
        Assert.True(IsThere(), $"'{text}' was expected in the output:\n{Output}\n{Errors}");
    }

    /// <summary>A signal by its name: <c>INT</c>, <c>TERM</c>, <c>KILL</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("bash", ["-c", $"kill -{name} {Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static string BuiltFile(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly);

    private void Append(StringBuilder text, string? line)
    {
        lock (_gate)
        {
            text.Append(line).Append('\n');
        }
    }
}
