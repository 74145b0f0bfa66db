using Monitoring.Blocking;

namespace Monitoring.Tests.Blocking;

public sealed class VerdictTests
{
    [Theory]
    [InlineData("reachable", Reachability.Reachable, null)]
    [InlineData("vantage_fault", Reachability.Unknown, null)]
    [InlineData("undecided", Reachability.Unknown, null)]
    [InlineData("refused_by_site", Reachability.Different, null)]
    [InlineData("site_misconfigured", Reachability.Different, null)]
    [InlineData("page_changed", Reachability.Different, null)]
    [InlineData("broken_redirect", Reachability.Different, null)]
    [InlineData("down_everywhere.dns", Reachability.Down, "dns")]
    [InlineData("down_everywhere.tcp", Reachability.Down, "tcp")]
    [InlineData("down_everywhere.tls", Reachability.Down, "tls")]
    [InlineData("down_everywhere.http", Reachability.Down, "http")]
    [InlineData("blocked.dns", Reachability.Blocked, "dns")]
    [InlineData("blocked.tcp_timeout", Reachability.Blocked, "tcp")]
    [InlineData("blocked.tcp_reset", Reachability.Blocked, "tcp")]
    [InlineData("blocked.tcp_refused", Reachability.Blocked, "tcp")]
    [InlineData("blocked.tcp_unreachable", Reachability.Blocked, "tcp")]
    [InlineData("blocked.tcp_eof", Reachability.Blocked, "tcp")]
    [InlineData("blocked.tcp_failure", Reachability.Blocked, "tcp")]
    [InlineData("blocked.tls_timeout", Reachability.Blocked, "tls")]
    [InlineData("blocked.tls_reset", Reachability.Blocked, "tls")]
    [InlineData("blocked.tls_eof", Reachability.Blocked, "tls")]
    [InlineData("blocked.tls_failure", Reachability.Blocked, "tls")]
    [InlineData("blocked.tls_mitm", Reachability.Blocked, "tls")]
    [InlineData("blocked.http_timeout", Reachability.Blocked, "http")]
    [InlineData("blocked.http_reset", Reachability.Blocked, "http")]
    [InlineData("blocked.http_eof", Reachability.Blocked, "http")]
    [InlineData("blocked.http_failure", Reachability.Blocked, "http")]
    [InlineData("blocked.http_blockpage", Reachability.Blocked, "page")] // however a page came to be shown, it is one mechanism
    [InlineData("blocked.http_redirect", Reachability.Blocked, "page")]
    [InlineData("blocked.http_451", Reachability.Blocked, "page")]
    public void Every_class_has_its_meaning_and_family(string name, Reachability reachability, string? family)
    {
        var verdict = new Verdict(name, Grade.Likely, "bd-0", []);

        Assert.Equal((reachability, family), (verdict.Reachability, verdict.Family));
    }

    [Fact]
    public void Grades_rise_with_certainty() => Assert.Equal([Grade.Insufficient, Grade.Suspected, Grade.Likely, Grade.Confirmed], Enum.GetValues<Grade>().Order());
}
