using Monitoring.App.Demo;
using Monitoring.App.Hosting;
using Monitoring.Storage;
using Monitoring.Storage.Moving;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Scenarios;

/// <summary>
/// A store goes on elsewhere as if it had never moved, though the messages of its work queue stay behind: they were only knocks, rows say what is due.
/// </summary>
public sealed class MovedStoreTests
{
    private static readonly TimeSpan UntilLeasesEnd = TimeSpan.FromMinutes(16);

    [Fact]
    public async Task Work_that_waits_in_the_queue_is_made_again_by_the_timers_of_the_new_place()
    {
        var (stayed, _) = await RunAsync(moveBeforeStep: null, dieBefore: null);
        Assert.Contains("mails=3 sent=3 files=3", stayed, StringComparison.Ordinal);

        foreach (var step in new[] { 1, 2, 3 })
        {
            var (moved, left) = await RunAsync(step, dieBefore: null);

            Assert.InRange(left, 1, 10);
            Assert.Equal(stayed, moved);
        }
    }

    [Fact]
    public async Task A_store_whose_worker_died_amid_its_work_goes_on_elsewhere()
    {
        var (stayed, _) = await RunAsync(moveBeforeStep: null, dieBefore: null);
        var left = 0L;
        for (var write = 5; write < 140; write += 9)
        {
            var (moved, waiting) = await RunAsync(moveBeforeStep: null, write);

            Assert.True(stayed == moved, $"Moved after a crash before write {write}:\n{moved}\nNever moved:\n{stayed}");
            left += waiting;
        }

        Assert.InRange(left, 10, 1000);
    }

    /// <param name="moveBeforeStep">Move when the timers of this step have filled the queue and nobody has done any of it.</param>
    /// <param name="dieBefore">Move when the worker has died before this write.</param>
    private static async Task<(string State, long LeftInQueue)> RunAsync(int? moveBeforeStep, int? dieBefore)
    {
        using var folders = new TwoFolders();
        await using var web = await LoopbackWeb.StartAsync();
        await using var proxy = new CensoringProxy([new("127.0.0.1", Censorship.BlockPage)], new Uri("http://127.0.0.1/"), TimeSpan.Zero, TimeProvider.System);
        var (clock, press) = (new TestClock(), new MainJob.Press(web));
        await using (var first = folders.OpenOld(clock))
        {
            await first.ImportAsync(folders.Old, MainJob.List(web, proxy));
        }

        var left = 0L;
        var station = folders.OpenOld(clock, dieBefore);
        for (var step = 0; step < 8; step++)
        {
            press.Set(step, clock.GetUtcNow());
            if (step == moveBeforeStep)
            {
                await KnockAsync(station);
                (station, left) = await MoveAsync(station, folders, clock);
            }

            if (!await TryCycleAsync(station))
            {
                (station, left) = await MoveAsync(station, folders, clock);
                await station.CycleAsync();
            }

            clock.Advance(UntilLeasesEnd);
        }

        for (var settle = 0; settle < 3; settle++)
        {
            await station.CycleAsync();
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        await using (station)
        {
            return (await MainJob.DumpAsync(station), left);
        }
    }

    private static async Task KnockAsync(Station station)
    {
        foreach (var knock in station.Get<IEnumerable<IKnock>>())
        {
            await station.Get<JobRunner>().RunAsync(knock, CancellationToken.None);
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

    private static async Task<(Station New, long LeftInQueue)> MoveAsync(Station used, TwoFolders folders, TestClock clock)
    {
        await used.DisposeAsync();
        await using var old = folders.OpenOld(clock);
        var moved = folders.OpenNew(clock);
        Assert.True((await Movable(old).CopyToAsync(Movable(moved))).IsVerified);
        Assert.Empty(await moved.Get<IWorkQueue>().GetStateAsync(CancellationToken.None));

        // The claims on what was queued run out.
        clock.Advance(UntilLeasesEnd);
        return (moved, (await old.Get<IWorkQueue>().GetStateAsync(CancellationToken.None)).Sum(state => state.Length));
    }

    private static MovableStore Movable(Station station) => new(station.Data.Place, station.Get<ITables>(), station.Get<IBlobStore>());

    /// <summary>Both places put their mails into one folder, where they can be counted.</summary>
    private sealed class TwoFolders : IDisposable
    {
        private readonly TempFolder _new = new();

        public TempFolder Old { get; } = new();

        public Station OpenOld(TestClock clock, int? dieBefore = null) => Open(Old, clock, new FaultInjection(dieBefore));

        public Station OpenNew(TestClock clock) => Open(_new, clock, new FaultInjection(dieBefore: null));

        public void Dispose()
        {
            _new.Dispose();
            Old.Dispose();
        }

        private Station Open(TempFolder folder, TestClock clock, FaultInjection faults) => TestStation.Open(folder, clock, faults.AddTo, ("Mail__PickupFolder", Old.File("mail")));
    }
}
