using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability.Reports;

public sealed class RecordedDaysTests
{
    [Fact]
    public async Task Recorded_checks_are_rolled_by_the_first_check_of_the_next_hour()
    {
        await using var kit = RecordingKit.Create();
        await kit.CheckAsync(new string('O', 61));

        var row = await kit.Tables.Open("CheckDays").QueryAsync(new("site-1.vantage-1"), CancellationToken.None).SingleAsync();
        Assert.StartsWith("reachable 60 3600", row.GetText("Classes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_before_an_hour_is_rolled_is_made_up_for_by_the_next_check()
    {
        await using var kit = RecordingKit.Create();
        await kit.CheckAsync(new string('O', 60));
        kit.DieBefore("CheckDays", "AddAsync");
        await Assert.ThrowsAsync<SimulatedCrashException>(() => kit.CheckAsync("O"));
        await kit.CheckAsync("OO");

        var row = await kit.Tables.Open("CheckDays").QueryAsync(new("site-1.vantage-1"), CancellationToken.None).SingleAsync();
        Assert.StartsWith("reachable 60 3660", row.GetText("Classes"), StringComparison.Ordinal); // the last one stood for two minutes
    }
}
