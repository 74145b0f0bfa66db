using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability;

public sealed class CertificateNoticeTests
{
    [Theory]
    [InlineData(90, 14.1, null)]
    [InlineData(90, 14, 14)]
    [InlineData(90, 3.1, 14)]
    [InlineData(90, 3, 3)]
    [InlineData(90, 0.1, 3)]
    [InlineData(90, 0, 0)]
    [InlineData(90, -5, 0)]
    [InlineData(6, 5, null)] // lives for six days and is always near its end
    [InlineData(6, 1, null)]
    [InlineData(6, -1, 0)]
    [InlineData(30, 10, null)] // renewed when a third of its life is left
    [InlineData(30, 2, 3)]
    public void A_notice_is_due_14_and_3_days_before_the_end_and_at_it(int life, double left, int? days)
    {
        var notice = CertificateNotice.Of(Seen(life, left), Some.Time);

        Assert.Equal(days, notice?.Days);
    }

    [Fact]
    public void A_site_that_shows_no_certificate_gives_none()
    {
        Assert.Null(CertificateNotice.Of(Some.Measurement().TlsFails("connection_reset"), Some.Time));
        Assert.Null(CertificateNotice.Of(Some.Measurement().TcpFails("connection_refused"), Some.Time));
    }

    [Fact]
    public void Its_key_names_site_certificate_and_threshold()
    {
        var notice = CertificateNotice.Of(Seen(life: 90, left: 2), Some.Time)!;

        var record = notice.Record(RecordingKit.Site, Some.Time);

        Assert.Equal(("certificate.site-1.leaf-9.3", true), (record.Key, record.MayBeImmediate));
        Assert.False((notice with { Days = 14 }).Record(RecordingKit.Site, Some.Time).MayBeImmediate);
    }

    private static Measurement Seen(int life, double left)
    {
        var end = Some.Time.AddDays(left);
        var seen = Some.Measurement();
        var hop = seen.Last;
        return seen with { Hops = [hop with { Tls = hop.Tls! with { Chain = [new CertificateFacts("leaf-9", "CN=site.kz", "CN=Authority", end.AddDays(-life), end)] } }] };
    }
}
