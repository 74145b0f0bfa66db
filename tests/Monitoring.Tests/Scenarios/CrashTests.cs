using System.Globalization;
using Monitoring.App.Demo;
using Monitoring.App.Hosting;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Scenarios;

/// <summary>
/// Nothing is lost and nothing told under two ids, wherever the process dies: the main job is run once undisturbed, and then once for every write it
/// makes, dying before that write and started again. Every run must end in the same state, with the same mails.
/// </summary>
public sealed class CrashTests
{
    /// <summary>Longer than any lease or claim of a dead process.</summary>
    private static readonly TimeSpan UntilLeasesEnd = TimeSpan.FromMinutes(16);

    [Fact]
    public async Task A_crash_before_any_write_changes_neither_the_final_state_nor_the_mails()
    {
        var (undisturbed, writes) = await RunAsync(dieBefore: null);
        Assert.Contains("mails=3 sent=3 files=3", undisturbed, StringComparison.Ordinal);
        Assert.Contains("left: pending=0 mails=0 queue=0 poison=0", undisturbed, StringComparison.Ordinal);
        Assert.InRange(writes, 100, 1000);

        await Parallel.ForEachAsync(Enumerable.Range(1, writes), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (write, _) =>
        {
            var (disturbed, _) = await RunAsync(write);
            Assert.True(undisturbed == disturbed, string.Create(CultureInfo.InvariantCulture, $"After a crash before write {write} of {writes}:\n{disturbed}\nUndisturbed:\n{undisturbed}"));
        });
    }

    private static async Task<(string State, int Writes)> RunAsync(int? dieBefore)
    {
        using var folder = new TempFolder();
        await using var web = await LoopbackWeb.StartAsync();
        await using var proxy = new CensoringProxy([new("127.0.0.1", Censorship.BlockPage)], new Uri("http://127.0.0.1/"), TimeSpan.Zero, TimeProvider.System);
        var clock = new TestClock();
        var faults = new FaultInjection(dieBefore);
        var publish = new MainJob.Press(web);
        await using (var first = TestStation.Open(folder, clock))
        {
            await first.ImportAsync(folder, MainJob.List(web, proxy));
        }

        var station = TestStation.Open(folder, clock, faults.AddTo);
        try
        {
            for (var step = 0; step < 8; step++)
            {
                publish.Set(step, clock.GetUtcNow());
                if (!await TryCycleAsync(station))
                {
                    // Dead. The next process finds what this one left, when its leases have run out.
                    await station.DisposeAsync();
                    clock.Advance(UntilLeasesEnd);
                    station = TestStation.Open(folder, clock);
                    await station.CycleAsync();
                }

                clock.Advance(UntilLeasesEnd);
            }

            // What a process that died at the very end left is finished by the next ones.
            var writes = faults.Writes;
            await station.DisposeAsync();
            station = TestStation.Open(folder, clock);
            for (var settle = 0; settle < 3; settle++)
            {
                await station.CycleAsync();

                // A second message for one source waits for the first, and then finds nothing due.
                clock.Advance(TimeSpan.FromSeconds(10));
            }

            return (await MainJob.DumpAsync(station), writes);
        }
        finally
        {
            await station.DisposeAsync();
        }
    }

    private static async Task<bool> TryCycleAsync(Station station)
    {
        try
        {
            await station.CycleAsync();
            return true;
        }
        catch (SimulatedCrashException)
        {
            return false;
        }
    }
}
