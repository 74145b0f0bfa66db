using Monitoring.Work;

namespace Monitoring.Tests.Work;

public sealed class ClaimTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-60, null, null)] // overdue
    [InlineData(0, null, null)] // due now
    [InlineData(60, null, 60)] // due later
    [InlineData(-60, 30, 30)] // under way: when its claim ends
    [InlineData(-60, 0, null)] // the claim ends now
    [InlineData(-60, -30, null)] // the claim has ended
    [InlineData(60, 30, 30)] // both: looked at again when the claim ends
    [InlineData(30, 60, 60)]
    public void A_subject_is_due_when_its_time_has_come_and_no_work_is_under_way(int next, int? queuedUntil, int? refusedUntil)
    {
        var refusal = Claim.Refuse(Now.AddSeconds(next), queuedUntil is { } queued ? Now.AddSeconds(queued) : null, Now);

        Assert.Equal(refusedUntil is { } until ? new Claim.Later(Now.AddSeconds(until)) : null, refusal);
    }
}
