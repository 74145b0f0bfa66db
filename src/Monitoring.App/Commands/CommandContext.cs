using System.CommandLine;
using Monitoring.App.Hosting;

namespace Monitoring.App.Commands;

/// <summary>What every command gets: the world it runs in, and the screen.</summary>
internal sealed record CommandContext(OutsideWorld World, Screen Screen);

/// <summary>The options that commands share, each declared once.</summary>
internal static class CommonOptions
{
    public static Option<string?> SettingsFile { get; } = new("--settings") { Description = $"Settings file; default {Hosting.SettingsFile.DefaultName} if it exists.", Recursive = true };

    public static Option<string?> Data { get; } = new("--data") { Description = "Data folder; wins over Storage__DataFolder.", Recursive = true };

    public static Option<string[]> Set { get; } = new("--set") { Description = "A setting as NAME=VALUE, e.g. Web__Port=8080. May be repeated.", Recursive = true, AllowMultipleArgumentsPerToken = false };

    public static Option<bool> Json { get; } = new("--json") { Description = "Write JSON for other programs." };

    /// <summary>The settings as this command line changes them.</summary>
    /// <exception cref="StartException">Settings are wrong, or the machine is unfit.</exception>
    public static Settings LoadSettings(this ParseResult parsed, params IEnumerable<KeyValuePair<string, string?>> more)
    {
        MachineCheck.Run();
        var overrides = (parsed.GetValue(Set) ?? []).Select(Pair).Concat(more).ToList();
        if (parsed.GetValue(Data) is { } folder)
        {
            overrides.Add(KeyValuePair.Create("Storage__DataFolder", (string?)folder));
        }

        return Settings.Load(parsed.GetValue(SettingsFile), overrides);
    }

    private static KeyValuePair<string, string?> Pair(string set) => set.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? KeyValuePair.Create(set[..at], (string?)set[(at + 1)..])
        : throw new StartException(ExitCode.Usage, $"--set {set}: NAME=VALUE is expected.");
}
