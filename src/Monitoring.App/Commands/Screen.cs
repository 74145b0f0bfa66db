using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monitoring.Languages;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary>Where commands write: results to standard output, progress and errors to standard error, so that output can be piped.</summary>
internal sealed class Screen(TextWriter output, TextWriter errors, IAnsiConsole results, IAnsiConsole progress)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Tables and words for people.</summary>
    public IAnsiConsole Results => results;

    /// <summary>Progress of long work.</summary>
    public IAnsiConsole Progress => progress;

    public TextWriter Output => output;

    public static Screen Console() => new(
        System.Console.Out,
        System.Console.Error,
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) }),
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(System.Console.Error),
            Interactive = System.Console.IsInputRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        }));

    /// <summary>Lines hold titles and names from outside: a terminal must not obey them.</summary>
    public void Line(string text) => output.WriteLine(ReadableText.Of(text));

    public void Error(string text) => errors.WriteLine(ReadableText.Of(text));

    /// <summary>What somebody types at the terminal, without showing it; null if nobody can be asked.</summary>
    public string? AskSecret(string question) =>
        progress.Profile.Capabilities.Interactive ? progress.Prompt(new TextPrompt<string>(question).Secret(mask: null).AllowEmpty()) : null;

    public void WriteJson(object value) => output.WriteLine(JsonSerializer.Serialize(value, Json));
}
