using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Watchlist.Files;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary><c>watchlist import-sites</c>: a Citizen Lab test list made into sites of a watch-list file. Stores nothing.</summary>
internal static class WatchlistSitesCommand
{
    private const int MostShown = 100;

    private static readonly Argument<string> File = new("file") { Description = "A Citizen Lab test list, CSV with a first line of column names." };
    private static readonly Option<string> Country = new("--country") { Description = "The country of its sites, two letters (ISO 3166-1).", Required = true };
    private static readonly Option<string?> Category = new("--category") { Description = "Only these category codes, separated by commas, e.g. NEWS,HUMR." };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "The file to write; without it the sites go to standard output." };

    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "import-sites", "Make sites of a Citizen Lab test list, to be put into a watch list. Imported alone the written file would retire everything else.") { File, Country, Category, Output };
        command.SetAction(parsed =>
        {
            var file = parsed.GetRequiredValue(File);
            var chosen = Codes(parsed.GetValue(Category));
            var list = Read(context.Screen, file, CountryOf(parsed.GetRequiredValue(Country)), chosen);
            foreach (var problem in list.Problems.Take(MostShown))
            {
                context.Screen.Error(problem.ToString());
            }

            if (list.Sites.Count == 0)
            {
                throw new StartException(ExitCode.BadWatchlist, Nothing(file, list, chosen));
            }

            Write(context.Screen, list, parsed.GetValue(Output));
            return list.Problems.Count == 0 ? ExitCode.Success : ExitCode.Conflicts;
        });
        return command;
    }

    private static void Write(Screen screen, TestList list, string? output)
    {
        int WriteTo(TextWriter text)
        {
            text.Write($"# Sites of {TestListFile.Attribution}.\n# Put them into your watch list: imported alone this file would retire everything else.\n");
            return WatchlistExport.Write(list.Sites, text);
        }

        if (output is null)
        {
            WriteTo(screen.Output);
        }
        else
        {
            ExportedFile.Write(output, WriteTo);
        }

        // Beside the list, which may be piped.
        screen.Error(string.Create(
            CultureInfo.InvariantCulture, $"{list.Sites.Count} sites written, {list.NotChosen} of other categories left out, {list.Problems.Count} refused. Source: {TestListFile.Attribution}."));
    }

    private static TestList Read(Screen screen, string file, string country, HashSet<string> chosen) => InputFile.Read(file, path => screen.Progress.Progress().AutoClear(true).Start(progress =>
    {
        using var text = new StreamReader(path);
        var task = progress.AddTask("Rows", maxValue: Math.Max(text.BaseStream.Length, 1));
        return TestListFile.Read(text, path, country, chosen, () => task.Value = text.BaseStream.Position);
    }));

    private static string Nothing(string file, TestList list, HashSet<string> chosen) => chosen.Count > 0 && list.NotChosen > 0
        ? $"{file}: no site of {string.Join(", ", chosen.Order(StringComparer.Ordinal))}; it has {string.Join(", ", list.Categories.Select(category => string.Create(CultureInfo.InvariantCulture, $"{category.Key} {category.Value}")))}."
        : $"{file}: no site was found.";

    private static HashSet<string> Codes(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(code => code.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);

    private static string CountryOf(string text) => text.Length == 2 && text.All(char.IsAsciiLetter)
        ? text.ToUpperInvariant()
        : throw new StartException(ExitCode.Usage, $"--country: a country code of two letters (ISO 3166-1) is expected, not '{text}'.");
}
