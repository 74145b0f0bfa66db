using System.Security.Cryptography;
using System.Text;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Mailing;

namespace Monitoring.Tests.Mailing;

public sealed class SendGridEventsTests : IDisposable
{
    /// <summary>As SendGrid writes them: an object on each line, line breaks of two characters between.</summary>
    private const string Told =
        "[{\"email\":\"reader@example.org\",\"event\":\"processed\",\"monitoring_id\":\"r.1\",\"sg_event_id\":\"e1\",\"sg_message_id\":\"m1\",\"timestamp\":1795316400},\r\n"
        + "{\"email\":\"reader@example.org\",\"event\":\"bounce\",\"type\":\"bounce\",\"monitoring_id\":\"r.1\",\"sg_event_id\":\"e2\",\"reason\":\"550 5.1.1 <reader@example.org> unknown\\r\\nuser\",\"timestamp\":1795316401},\r\n"
        + "{\"event\":\"spamreport\",\"monitoring_id\":\"r.1\",\"sg_event_id\":\"e3\",\"timestamp\":1795316402},\r\n"
        + "{\"event\":\"open\",\"monitoring_id\":\"r.1\",\"sg_event_id\":\"e4\",\"timestamp\":1795316402},\r\n"
        + "{\"event\":\"delivered\",\"sg_event_id\":\"e5\",\"timestamp\":1795316402},\r\n{\"event\":7},null,[],\"x\"]\r\n";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_795_316_405);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private string Public => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Events_about_delivery_are_read_without_addresses_and_others_left_out()
    {
        var events = SendGridEvents.Read(Encoding.UTF8.GetBytes(Told))!;

        Assert.Equal([("e1", MailEventKind.Taken), ("e2", MailEventKind.Bounced), ("e3", MailEventKind.Complained)], events.Select(told => (told.Id, told.Kind)));
        Assert.Equal(("r.1", "550 5.1.1 unknown user", DateTimeOffset.FromUnixTimeSeconds(1_795_316_401)), (events[1].Mail, events[1].Reason, events[1].At));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[[[[[[[[[[[[]]]]]]]]]]]]")]
    [InlineData("[{\"event\":\"\\ud800\",\"sg_event_id\":\"e\"}]")] // half of a character
    public void What_is_no_array_of_events_is_not_taken(string body)
    {
        Assert.Null(SendGridEvents.Read(Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void A_signature_is_right_for_its_key_time_and_bytes_only()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var body = Encoding.UTF8.GetBytes(Told);
        var signature = Sign("1795316400", body);

        Assert.True(SendGridSignature.IsRight(Public, signature, "1795316400", body, Now));
        Assert.False(SendGridSignature.IsRight(Public, signature, "1795316401", body, Now));
        Assert.False(SendGridSignature.IsRight(Public, signature, "1795316400", Encoding.UTF8.GetBytes(Told.ReplaceLineEndings("\n")), Now));
        Assert.False(SendGridSignature.IsRight(Convert.ToBase64String(other.ExportSubjectPublicKeyInfo()), signature, "1795316400", body, Now));
        Assert.True(SendGridSignature.IsRight(Public, signature, "1795316400", body, Now.AddHours(25)));
        Assert.False(SendGridSignature.IsRight(Public, signature, "1795316400", body, Now.AddHours(27)));
        Assert.False(SendGridSignature.IsRight(Public, signature, "1795316400", body, Now.AddMinutes(-11)));
        Assert.False(SendGridSignature.IsRight(Public, "no base64!", "1795316400", body, Now));
        Assert.False(SendGridSignature.IsRight(Public, Convert.ToBase64String("garbage"u8), "1795316400", body, Now));
        Assert.False(SendGridSignature.IsRight(Public, signature: null, "1795316400", body, Now));
        Assert.False(SendGridSignature.IsRight(Public, signature, "99999999999999999999", body, Now));
    }

    [Fact]
    public void A_key_of_another_kind_is_no_key()
    {
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.True(SendGridSignature.IsKey(Public));
        Assert.False(SendGridSignature.IsKey(Convert.ToBase64String(larger.ExportSubjectPublicKeyInfo())));
        Assert.False(SendGridSignature.IsKey("MFkw"));
        Assert.False(SendGridSignature.IsKey("no base64!"));
    }

    private string Sign(string timestamp, byte[] body) =>
        Convert.ToBase64String(_key.SignData([.. Encoding.ASCII.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
}
