namespace Monitoring.App.Hosting.Functions;

/// <summary>What a function answers the host. Any status but 2xx makes the host try again.</summary>
/// <param name="Line">For the host's log: one line without content.</param>
internal sealed record FunctionAnswer(int Status, string Line)
{
    public static FunctionAnswer Done(string line) => new(StatusCodes.Status200OK, line);

    public static FunctionAnswer Failed(string line) => new(StatusCodes.Status500InternalServerError, line);

    public HostResponse ToResponse(string function) => new(new Dictionary<string, string>(), [$"{function}: {Line}"], ReturnValue: null);

    /// <summary>The shape the host reads.</summary>
    internal sealed record HostResponse(IReadOnlyDictionary<string, string> Outputs, IReadOnlyList<string> Logs, string? ReturnValue);
}
