using Monitoring.EndToEnd;

/// <summary>
/// Runs the program of <see cref="LoopbackProgram"/> in place of the published one's own entry, and so in a world on loopback: everything else, the binary
/// included, is the one that is deployed. The runtime looks for this name, outside of all namespaces, before it calls the entry point.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable that names the assembly with the hook.</summary>
    public const string Variable = "DOTNET_STARTUP_HOOKS";

    public static void Initialize() => Environment.Exit(LoopbackProgram.Main(Environment.GetCommandLineArgs()[1..]).GetAwaiter().GetResult());
}
