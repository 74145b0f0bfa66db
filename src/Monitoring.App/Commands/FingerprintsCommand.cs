using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Blocking.Fingerprints;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary><c>fingerprints import|list</c>: the marks of block pages and false DNS answers, in and out of the store. They work beside a running service.</summary>
internal static class FingerprintsCommand
{
    private const int MaxSourceName = 100;

    public static Command Create(CommandContext context) =>
        new("fingerprints", "Import or list the marks by which block pages and false DNS answers are known.") { Import(context), List(context) };

    private static Command Import(CommandContext context)
    {
        var files = new Argument<string[]>("file") { Description = "Fingerprints in OONI's format, comma-separated values.", Arity = ArgumentArity.OneOrMore };
        var name = new Option<string>("--source") { Description = "What the fingerprints are called together; an earlier import of this name is replaced.", DefaultValueFactory = _ => "ooni" };
        var command = new Command(
            "import",
            "Replace the fingerprints of a source by those of the files. Wrong rows are told and left out; a file that cannot be read to its end changes nothing.") { files, name, CommonOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = parsed.LoadSettings();
            var source = NeedSource(parsed.GetValue(name)!);
            var read = parsed.GetRequiredValue(files).Select(NeedWhole).ToList();
            await using var station = await context.OpenStationAsync(settings, cancellationToken);
            var import = new FingerprintImport(source, [.. read.SelectMany(result => result.Good)], "command line", station.Get<TimeProvider>().GetUtcNow());
            var result = await RunAsync(context.Screen, station, import, cancellationToken);
            Write(context.Screen, import, read, result, parsed.GetValue(CommonOptions.Json));
            return (result, read.Sum(file => file.Skipped)) switch
            {
                (FingerprintImportResult.ChangedMeanwhile, _) => ExitCode.Conflicts,
                (_, > 0) => ExitCode.AnswerIsNo,
                _ => ExitCode.Success,
            };
        });
        return command;
    }

    private static Command List(CommandContext context)
    {
        var command = new Command("list", "Say which fingerprints are stored, by source; as JSON, each of them.") { CommonOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var station = await context.OpenStationAsync(parsed.LoadSettings(), cancellationToken);
            var sources = await station.Get<FingerprintStore>().LoadAsync(cancellationToken);
            if (parsed.GetValue(CommonOptions.Json))
            {
                context.Screen.WriteJson(sources);
            }
            else if (sources.Count == 0)
            {
                context.Screen.Line("No fingerprints are stored: block pages are known by comparing only.");
            }
            else
            {
                sources.ToList().ForEach(source => Write(context.Screen, source));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static string NeedSource(string name) => name.Length is > 0 and <= MaxSourceName && name != FingerprintStore.Own
        ? name
        : throw new StartException(ExitCode.Usage, $"--source {name}: 1 to {MaxSourceName} characters are expected, and not '{FingerprintStore.Own}', which is the name of those added here.");

    /// <exception cref="StartException">The file cannot be read to its end, or holds no good row; the message lists its problems.</exception>
    internal static FingerprintFileResult NeedWhole(string file) => InputFile.Read(file, path =>
    {
        using var text = new StreamReader(path);
        var result = FingerprintFile.Read(text, path);
        return result is { IsWhole: true, Good.Count: > 0 }
            ? result
            : throw new StartException(ExitCode.NoInput, [.. Lines(result), $"{path}: {(result.IsWhole ? "no fingerprint can be read" : "cannot be read to its end")}; nothing was changed."]);
    });

    private static Task<FingerprintImportResult> RunAsync(Screen screen, Station station, FingerprintImport import, CancellationToken cancellationToken) =>
        screen.Progress.Progress().AutoClear(true).StartAsync(progress =>
        {
            var task = progress.AddTask("Fingerprints", maxValue: import.Fingerprints.Count);
            return station.Get<FingerprintStore>().ImportAsync(import, rows => task.Increment(rows), cancellationToken);
        });

    private static void Write(Screen screen, FingerprintImport import, List<FingerprintFileResult> read, FingerprintImportResult result, bool json)
    {
        var skipped = read.Sum(file => file.Skipped);
        if (json)
        {
            screen.WriteJson(new { import.Source, result, fingerprints = import.Fingerprints.Count, skipped, problems = read.SelectMany(file => file.Problems), moreProblems = read.Sum(file => file.MoreProblems) });
            return;
        }

        read.SelectMany(Lines).ToList().ForEach(screen.Error);
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{import.Source}: {import.Fingerprints.Count} fingerprints, {skipped} rows left out; {Word(result)}."));
    }

    private static void Write(Screen screen, FingerprintSource source)
    {
        var places = source.Fingerprints.CountBy(fingerprint => fingerprint.Location).OrderBy(place => place.Key, StringComparer.Ordinal)
            .Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.Key} {place.Value}"));
        screen.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{source.Name}: {source.Fingerprints.Count} fingerprints ({string.Join(", ", places)}), changed {source.ChangedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {source.ChangedBy}"));
    }

    private static IEnumerable<string> Lines(FingerprintFileResult result) => result.Problems.Select(problem => problem.ToString())
        .Concat(result.MoreProblems > 0 ? [string.Create(CultureInfo.InvariantCulture, $"… and {result.MoreProblems} more problems.")] : []);

    private static string Word(FingerprintImportResult result) => result switch
    {
        FingerprintImportResult.Imported => "imported",
        FingerprintImportResult.Unchanged => "the same as stored",
        _ => "not imported, because somebody else imported at the same time: import again",
    };
}
