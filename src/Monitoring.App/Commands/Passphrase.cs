using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;

namespace Monitoring.App.Commands;

/// <summary>Where the passphrase of a backup comes from: a file, the environment, or somebody who types it. Never the command line, which others can read.</summary>
internal static class Passphrase
{
    public const string Variable = "MONITORING_PASSPHRASE";

    public const int LeastCharacters = 12;

    public static Option<string?> File { get; } = new("--passphrase-file")
    {
        Description = $"A file whose first line is the passphrase. Without it the environment variable {Variable} is taken, or you are asked.",
    };

    /// <param name="isNew">Typed twice: a backup with a mistyped passphrase is none.</param>
    /// <exception cref="StartException">There is none, or it is too short.</exception>
    public static string Get(ParseResult parsed, Screen screen, bool isNew)
    {
        var (given, from) = parsed.GetValue(File) is { } file ? (FirstLine(file), file)
            : Environment.GetEnvironmentVariable(Variable) is { } variable ? (variable, Variable)
            : (Ask(screen, isNew), "Passphrase");
        return given.Length >= LeastCharacters
            ? given
            : throw new StartException(ExitCode.Usage, string.Create(
                CultureInfo.InvariantCulture, $"{from}: {(given.Length == 0 ? "empty" : "too short")}; a passphrase has at least {LeastCharacters} characters."));
    }

    private static string FirstLine(string file) => InputFile.Read(file, path => System.IO.File.ReadLines(path).FirstOrDefault() ?? "");

    private static string Ask(Screen screen, bool isNew)
    {
        var typed = screen.AskSecret("Passphrase: ")
            ?? throw new StartException(ExitCode.Usage, $"No passphrase: nobody can be asked here; give {File.Name} or the environment variable {Variable}.");
        return !isNew || screen.AskSecret("The same again: ") == typed ? typed : throw new StartException(ExitCode.Usage, "Passphrase: the two differ.");
    }
}
