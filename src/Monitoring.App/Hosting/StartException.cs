namespace Monitoring.App.Hosting;

/// <summary>Why the program cannot start, in lines for an operator, and the exit code that says it to a script.</summary>
internal sealed class StartException(int exitCode, params IReadOnlyList<string> lines) : Exception(string.Join(Environment.NewLine, lines))
{
    public int ExitCode { get; } = exitCode;
}
