namespace Monitoring.Tests.Availability;

/// <summary>A day of noise, as <see cref="NoiseSimulation"/> models it.</summary>
public sealed class NoiseTests
{
    [Fact]
    public void A_day_of_two_percent_noise_alarms_nobody()
    {
        var count = NoiseSimulation.Run(chance: 0.02, tries: 3, openAfter: 3);

        Assert.Equal((230_400, 4_800), (count.Checks, count.Faults)); // two vantages, an hour each, all sites
        Assert.InRange(count.SiteAlerts, 0, 1);
        Assert.Equal((0, 0), (count.Openings, count.Confirmed));
    }

    [Fact]
    public void Without_further_tries_in_a_check_some_episodes_open_and_none_is_confirmed()
    {
        var count = NoiseSimulation.Run(chance: 0.02, tries: 1, openAfter: 3);

        // 225,600 × 0.98 × 0.02³ = 1.8 runs of three are expected, and a little more by four of six.
        Assert.InRange(count.Failed, 4_300, 4_700);
        Assert.InRange(count.Openings, 0, 8);
        Assert.Equal(0, count.Confirmed);
    }
}
