using System.CommandLine;
using System.Globalization;
using Monitoring.Advice;
using Monitoring.App.Hosting;
using Monitoring.Queries;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary><c>search</c>: a query asked of the stored items, as a topic of the list would ask it. Stores nothing.</summary>
internal static class SearchCommand
{
    private const int MostSources = 20;

    private static readonly Argument<string> Query = new("query") { Description = "The query, in quotes: \"~задержать NEAR/10 журналист* -спорт\"." };

    private static readonly Option<DateOnly?> Since = new("--since") { Description = "Items published on this day (UTC, YYYY-MM-DD) or later; without it the last 30 days." };

    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "search",
            """
            Ask a query of the stored items of the listed sources, with counts and examples.

            word, "a phrase", ~word and ~"a phrase" in any form, word* with four letters or more; AND (or nothing between), OR, NOT or -, brackets;
            NEAR/n, SENTENCE; title: body: source: lang: country: person: outlet: type: since:
            """) { Query, Since, CommonOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetRequiredValue(Query);
            var (query, errors) = QueryParser.Parse(text);
            if (query is null)
            {
                Tell(context.Screen, text, errors);
                return ExitCode.Usage;
            }

            await using var station = await context.OpenStationAsync(parsed.LoadSettings(), cancellationToken);
            var since = parsed.GetValue(Since) is { } day
                ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
                : station.Get<TimeProvider>().GetUtcNow() - StoredSearch.UsualPeriod;
            var report = await RunAsync(context.Screen, station, query, since, cancellationToken);
            if (parsed.GetValue(CommonOptions.Json))
            {
                WriteJson(context.Screen, query, since, report);
            }
            else
            {
                Show(context.Screen, query, since, report);
            }

            return report.Found > 0 ? ExitCode.Success : ExitCode.AnswerIsNo;
        });
        return command;
    }

    private static void Tell(Screen screen, string query, IReadOnlyList<QueryError> errors)
    {
        foreach (var error in errors)
        {
            var (line, carets) = error.Show(query);
            screen.Error(error.Message);
            screen.Error($"    {line}");
            screen.Error($"    {carets}");
        }
    }

    private static Task<SearchReport> RunAsync(Screen screen, Station station, Query query, DateTimeOffset since, CancellationToken cancellationToken) =>
        screen.Progress.Progress().AutoClear(true).StartAsync(progress =>
        {
            var task = progress.AddTask("Search");
            return station.Get<StoredSearch>().RunAsync(
                query,
                new SearchScope(since),
                (done, all, read) => task.MaxValue(Math.Max(all, 1)).Value(done).Description(string.Create(CultureInfo.InvariantCulture, $"{read} items read")),
                cancellationToken);
        });

    private static void WriteJson(Screen screen, Query query, DateTimeOffset since, SearchReport report) => screen.WriteJson(new
    {
        query = query.ToString(),
        since,
        report.Read,
        report.InPeriod,
        report.Found,
        perDay = report.PerDay.Select(day => new { day.Day, day.Found }),
        perSource = report.PerSource.Select(source => new { source = source.Source.Name, source.Found }),
        examples = report.Examples.Select(example => new { item = example.Item.Key.ToString(), example.Item.Title, example.Item.Link, example.Source, example.Published, passage = Marked(example), example.Hits }),
    });

    private static void Show(Screen screen, Query query, DateTimeOffset since, SearchReport report)
    {
        screen.Line($"Query:  {query}");
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"Found:  {report.Found} of {report.InPeriod} items since {since.UtcDateTime:yyyy-MM-dd}."));
        foreach (var (day, found) in report.PerDay)
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"  {day:yyyy-MM-dd}  {found}"));
        }

        foreach (var (source, found) in report.PerSource.Take(MostSources))
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"  {found,6}  {source.Name}"));
        }

        foreach (var example in report.Examples)
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{example.Published.UtcDateTime:yyyy-MM-dd} {example.Source}: {example.Item.Title}"));
            screen.Line($"  {Marked(example)}");
            screen.Line($"  {example.Item.Link?.AbsoluteUri}");
        }
    }

    private static string Marked(SearchExample example) => string.Concat(example.Passage.Pieces().Select(piece => piece.IsMarked ? $"[{piece.Piece}]" : piece.Piece));
}
