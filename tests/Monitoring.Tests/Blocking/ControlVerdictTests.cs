using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking;

/// <summary>What is said of the direct measurement itself.</summary>
public sealed class ControlVerdictTests
{
    private static readonly Measurement Good = Some.Measurement();
    private static readonly Measurement Down = Good.TcpFails(Failure.ConnectionRefused);

    [Theory]
    [InlineData(200, "reachable confirmed bd-2")]
    [InlineData(403, "reachable confirmed bd-2")] // it answers
    [InlineData(499, "reachable confirmed bd-2")]
    [InlineData(500, "down_everywhere.http suspected bd-4")]
    [InlineData(503, "down_everywhere.http suspected bd-4")]
    public void An_answer_is_reachable_unless_it_is_a_server_error(int status, string expected) => Assert.Equal(expected, Judge(Good.Http(Some.Page(status))));

    [Fact]
    public void With_nobody_to_ask_being_down_is_suspected() => Assert.Equal("down_everywhere.tcp suspected bd-4", Judge(Down));

    [Fact]
    public void One_vantage_that_fails_too_makes_it_likely() => Assert.Equal("down_everywhere.tcp likely bd-4", Judge(Down, Down));

    [Fact]
    public void Two_vantages_that_fail_too_confirm_it() => Assert.Equal("down_everywhere.tcp confirmed bd-4", Judge(Down, Down, Good.TlsFails(Failure.Timeout)));

    [Fact]
    public void A_vantage_at_fault_is_not_counted() => Assert.Equal("down_everywhere.tcp likely bd-4", Judge(Down, Down, Good.AtFault()));

    [Fact]
    public void A_vantage_that_reaches_it_makes_it_undecided() => Assert.Equal("undecided insufficient bd-6", Judge(Down, Down, Good));

    [Fact]
    public void With_all_vantages_at_fault_nobody_was_asked() => Assert.Equal("down_everywhere.tcp suspected bd-4", Judge(Down, Good.AtFault(), Good.AtFault()));

    [Theory]
    [InlineData(Failure.DnsNxdomain, "down_everywhere.dns suspected bd-4")]
    [InlineData(Failure.Timeout, "down_everywhere.dns suspected bd-4")]
    public void The_layer_that_failed_is_named(string failure, string expected) => Assert.Equal(expected, Judge(Good.DnsFails(failure)));

    [Fact]
    public void A_wrong_certificate_is_the_site_s_mistake() => Assert.Equal("site_misconfigured likely bd-7", Judge(Good.Certificate(Failure.SslInvalidCertificate)));

    [Fact]
    public void Redirects_without_end_are_not_reachable_and_not_down() => Assert.Equal("broken_redirect suspected bd-31", Judge(Good.EndsIn("https://site.kz/")));

    [Fact]
    public void The_reason_says_what_was_seen()
    {
        var reason = Assert.Single(BlockingAnalysis.JudgeControl(Good.Certificate(Failure.SslInvalidHostname), []).Reasons);

        Assert.Equal(("reason.direct", "ssl_invalid_hostname"), (reason.Text, reason.Values[0]));
    }

    private static string Judge(Measurement control, params Measurement[] others) => BlockingAnalysisTests.Told(BlockingAnalysis.JudgeControl(control, others));
}
