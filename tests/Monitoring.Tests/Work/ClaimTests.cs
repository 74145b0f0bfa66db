using Monitoring.Work;

namespace Monitoring.Tests.Work;

public sealed class ClaimTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-60, null, "due")]
    [InlineData(0, null, "due")] // just now
    [InlineData(60, null, "later")]
    [InlineData(-60, 30, "queued")]
    [InlineData(-60, 0, "due")] // the claim ends now
    [InlineData(-60, -30, "due")] // the claim has ended
    [InlineData(60, 30, "queued")] // both: its job decides when it is looked at again
    public void A_subject_is_due_when_its_time_has_come_and_no_work_is_under_way(int next, int? queuedUntil, string expected)
    {
        var refusal = Claim.Refuse(Now.AddSeconds(next), queuedUntil is { } queued ? Now.AddSeconds(queued) : null, Now);

        Claim? answer = expected switch { "later" => new Claim.Later(Now.AddSeconds(next)), "queued" => new Claim.Queued(), _ => null };
        Assert.Equal(answer, refusal);
    }
}
