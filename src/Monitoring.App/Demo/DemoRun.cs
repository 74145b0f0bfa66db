using System.Globalization;
using Monitoring.App.Commands;
using Monitoring.App.Hosting;

namespace Monitoring.App.Demo;

/// <summary>Plays the demo: rounds of the ordinary cycle, with the world changing between them, until everything planted was found or time is up.</summary>
internal sealed class DemoRun(Station station, DemoWorld world, DemoFacts facts, Screen screen, TimeProvider time)
{
    /// <summary>More rounds than the thresholds need by far; a demo that is not done then has missed something.</summary>
    private const int MaxRounds = 30;

    /// <returns>The facts as they stood at the end.</returns>
    public async Task<IReadOnlyList<FactRow>> PlayAsync(CancellationToken cancellationToken)
    {
        var plot = new DemoPlot(world);
        for (var round = 1; ; round++)
        {
            var started = time.GetTimestamp();
            await station.Get<Cycle>().RunAsync(TimeSpan.Zero, (_, _) => { }, cancellationToken);
            var rows = await facts.CompareAsync(cancellationToken);
            Tell(round, rows);
            if (rows.All(row => row.IsGood) || round == MaxRounds)
            {
                return rows;
            }

            await plot.AdvanceAsync(facts, what => screen.Line($"          {what}"), cancellationToken);

            // A little longer than the rhythm, so that each round finds all of them due.
            var rest = DemoSettings.Every * 1.1 - time.GetElapsedTime(started);
            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time, cancellationToken);
        }
    }

    private void Tell(int round, IReadOnlyList<FactRow> rows)
    {
        string Count(string what) => rows.First(row => row.What.StartsWith(what, StringComparison.Ordinal)) is var row ? string.Create(CultureInfo.InvariantCulture, $"{row.Found}/{row.Planted}") : "";
        screen.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"round {round,2}: articles {Count("articles")}, flags {Count("flags")}, episodes opened {Count("episodes opened")} closed {Count("episodes closed")}, mails {Count("mails at once")}, digests {Count("digests")}"));
    }
}
