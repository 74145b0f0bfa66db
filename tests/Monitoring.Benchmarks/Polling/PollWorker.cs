using System.Diagnostics;
using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Feeds;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Benchmarks.Polling;

/// <param name="Seconds">From the knock until no visit waits any more.</param>
/// <param name="CpuSeconds">What the process itself had of the processors meanwhile; the machine's other work does not change it much.</param>
/// <param name="Read">Visits that read a document.</param>
/// <param name="Unchanged">Visits that were answered 304.</param>
/// <param name="Items">Stored by all visits of the feeds so far.</param>
/// <param name="Requests">What was asked of tables, queue and blobs, counted as an account bills it.</param>
/// <param name="PeakBytes">The most memory that the process ever held.</param>
internal readonly record struct PollCycle(double Seconds, double CpuSeconds, int Read, int Unchanged, long Items, double Requests, long PeakBytes)
{
    public static PollCycle Parse(string line)
    {
        var parts = line.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new PollCycle(parts[0], parts[1], (int)parts[2], (int)parts[3], (long)parts[4], parts[5], (long)parts[6]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds} {CpuSeconds} {Read} {Unchanged} {Items} {Requests} {PeakBytes}");
}

/// <summary>
/// The program in a process of its own. Each line on standard input says by how many hours its clock goes ahead, and runs one cycle: the knock that finds
/// what is due, and the visits.
/// </summary>
internal static class PollWorker
{
    public static ChildProgram Start(string folder, int concurrency) => ChildProgram.Start("poll-worker", folder, concurrency.ToString(CultureInfo.InvariantCulture));

    /// <exception cref="InvalidOperationException">Not every feed was visited, or not with this outcome.</exception>
    public static PollCycle Good(string answer, int read, int unchanged)
    {
        var cycle = PollCycle.Parse(answer);
        return (cycle.Read, cycle.Unchanged) == (read, unchanged)
            ? cycle
            : throw new InvalidOperationException($"{cycle.Read} documents were read and {cycle.Unchanged} unchanged; {read} and {unchanged} were expected.");
    }

    public static async Task<int> RunAsync(string folder, int concurrency)
    {
        var (clock, meter) = (new ShiftedClock(), new StorageMeter());
        await using var station = PolledStore.Open(folder, concurrency, clock, meter.AddTo);
        while (await Console.In.ReadLineAsync() is { } hours)
        {
            clock.Ahead = TimeSpan.FromHours(int.Parse(hours, CultureInfo.InvariantCulture));
            Console.WriteLine(await CycleAsync(station, clock, meter));
        }

        return 0;
    }

    private static async Task<PollCycle> CycleAsync(Station station, TimeProvider time, StorageMeter meter)
    {
        var begun = time.GetUtcNow();
        meter.Take();
        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await station.Get<Cycle>().RunAsync(waitAtMost: TimeSpan.Zero, (_, _) => { }, CancellationToken.None);
        var (took, worked) = (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - cpu);
        var (used, peak) = (meter.Take(), PeakBytes());
        var (read, unchanged, items) = (0, 0, 0L);
        await foreach (var state in station.Get<SourceStateStore>().ListAsync(EntryKind.Feed, CancellationToken.None))
        {
            var isVisited = state.LastVisit >= begun && state.Failures == 0;
            var isUnchanged = state.LastOutcome?.StartsWith("304", StringComparison.Ordinal) ?? false;
            unchanged += isVisited && isUnchanged ? 1 : 0;
            read += isVisited && !isUnchanged ? 1 : 0;
            items += state.Items;
        }

        return new PollCycle(took.TotalSeconds, worked.TotalSeconds, read, unchanged, items, used.All, peak);
    }

    /// <summary>The high-water mark of resident memory (VmHWM of Linux).</summary>
    private static long PeakBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
