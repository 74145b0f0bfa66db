using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>What every engine's leases do. One test class for each engine.</summary>
public abstract class LeaseContract : EngineContract
{
    private const string Name = "scheduler";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_second_holder_is_refused_while_the_first_one_holds()
    {
        Assert.NotNull(await AcquireAsync("one"));
        Clock.Advance(14 * Second);

        Assert.Null(await AcquireAsync("two"));
    }

    [Fact]
    public async Task The_same_holder_gets_what_it_holds_for_its_whole_time_again()
    {
        await AcquireAsync("one");
        Clock.Advance(10 * Second);

        Assert.NotNull(await AcquireAsync("one"));
        Clock.Advance(10 * Second);
        Assert.Null(await AcquireAsync("two"));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(60)]
    public async Task A_lease_is_over_after_its_time(int seconds)
    {
        await AcquireAsync("one", seconds);
        Clock.Advance((seconds - 1) * Second);
        Assert.Null(await AcquireAsync("two"));

        Clock.Advance(Second);

        Assert.NotNull(await AcquireAsync("two"));
    }

    [Fact]
    public async Task Parts_of_seconds_do_not_count()
    {
        await Engine.Leases.TryAcquireAsync(Name, "one", TimeSpan.FromSeconds(15.9), CancellationToken.None);
        Clock.Advance(15 * Second);

        Assert.NotNull(await AcquireAsync("two"));
    }

    [Fact]
    public async Task A_renewed_lease_goes_on_for_its_time()
    {
        var lease = await AcquireAsync("one");
        for (var i = 0; i < 10; i++)
        {
            Clock.Advance(14 * Second);
            Assert.True(await lease!.RenewAsync(CancellationToken.None));
        }

        Clock.Advance(14 * Second);
        Assert.Null(await AcquireAsync("two"));
        Clock.Advance(Second);
        Assert.NotNull(await AcquireAsync("two"));
    }

    [Fact]
    public async Task A_lease_that_is_over_can_be_renewed_until_another_takes_it()
    {
        var lease = await AcquireAsync("one");
        Clock.Advance(100 * Second);

        Assert.True(await lease!.RenewAsync(CancellationToken.None));
        Assert.Null(await AcquireAsync("two"));
    }

    [Fact]
    public async Task A_lease_that_another_took_is_lost()
    {
        var lease = await AcquireAsync("one");
        Clock.Advance(15 * Second);
        await AcquireAsync("two");

        Assert.False(await lease!.RenewAsync(CancellationToken.None));
        Assert.Null(await AcquireAsync("one"));
    }

    [Fact]
    public async Task A_released_lease_is_free_at_once_and_lost()
    {
        var lease = await AcquireAsync("one");

        await lease!.ReleaseAsync(CancellationToken.None);

        Assert.False(await lease.RenewAsync(CancellationToken.None));
        Assert.NotNull(await AcquireAsync("two"));
    }

    [Fact]
    public async Task To_release_what_is_lost_changes_nothing()
    {
        var lease = await AcquireAsync("one");
        Clock.Advance(15 * Second);
        var taken = await AcquireAsync("two");

        await lease!.ReleaseAsync(CancellationToken.None);
        await lease.ReleaseAsync(CancellationToken.None);

        Assert.Null(await AcquireAsync("one"));
        Assert.True(await taken!.RenewAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Each_name_has_a_lease_of_its_own()
    {
        await AcquireAsync("one");

        Assert.NotNull(await Engine.Leases.TryAcquireAsync("digest", "two", ILeases.Shortest, CancellationToken.None));
    }

    [Fact]
    public async Task Of_sixteen_that_ask_at_once_exactly_one_holds()
    {
        var asked = Enumerable.Range(0, 16).Select(i => Task.Run(() => AcquireAsync($"holder-{i}")));

        var held = await Task.WhenAll(asked);

        Assert.Single(held, lease => lease is not null);
    }

    private Task<ILease?> AcquireAsync(string holder, int seconds = 15) => Engine.Leases.TryAcquireAsync(Name, holder, TimeSpan.FromSeconds(seconds), CancellationToken.None);
}
