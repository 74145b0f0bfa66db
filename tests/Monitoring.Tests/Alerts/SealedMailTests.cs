using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.App.Mailing;
using Monitoring.Tests.Mailing;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Alerts;

/// <summary>What of a mail can be read on its way to somebody who has an OpenPGP key.</summary>
public sealed partial class SealedMailTests
{
    public static TheoryData<string> Kinds => ["rsa", "curve25519"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_owner_reads_subject_and_text_byte_for_byte(string kind)
    {
        await using var kit = await TellAsync(Reader(KitOf(kind).Block));

        Assert.Equal(new JobResult.Done("sent"), await kit.SendAsync());

        var (mail, sent) = (await kit.MailAsync(), Assert.Single(kit.Taken));
        var content = await kit.Outbox.GetContentAsync(mail, CancellationToken.None);
        Assert.Contains("Кыранбеков", content!.Text, StringComparison.Ordinal);
        Assert.Equal($"[KZ] Detention: Мирас Кыранбеков (not yet reviewed)\n\n{content.Text}", KitOf(kind).Decrypt(sent.Text));
        Assert.Equal((SensitiveMail.SubjectOf(People.Reader()), null), (sent.Subject, sent.Html));
    }

    [Fact]
    public async Task Nothing_of_what_it_tells_is_left_outside()
    {
        await using var kit = await TellAsync(Reader(PgpKit.Curve.Block));
        await kit.SendAsync();

        var mime = MimeWriter.Write(Assert.Single(kit.Taken));
        var json = Encoding.UTF8.GetString(SendGridMessage.Write(kit.Taken[0], "a@example.org", "b@example.org", isSandbox: false));
        string[] told = ["Кыранбеков", "Мирас", "Detention", "KZ", "Алматы", "задержан", "Лента", "example.org/1", "person-1", "not yet reviewed", "<", PgpKit.Owner];
        var seen = WholeBody(mime) + Words().Replace(Headers(mime), word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)));
        Assert.DoesNotContain(told.Where(word => word != "<"), word => seen.Contains(word, StringComparison.Ordinal));
        Assert.DoesNotContain(told.Where(word => word != "<"), word => Regex.Unescape(json).Contains(word, StringComparison.Ordinal));
        Assert.DoesNotContain("<", WholeBody(mime), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_ways_to_send_it_have_one_part_of_text()
    {
        await using var kit = await TellAsync(Reader(PgpKit.Curve.Block));
        await kit.SendAsync();
        var mail = Assert.Single(kit.Taken);

        var mime = MimeWriter.Write(mail);
        using var json = JsonDocument.Parse(SendGridMessage.Write(mail, "a@example.org", "b@example.org", isSandbox: false));

        Assert.Equal("Content-Type: text/plain; charset=utf-8", Assert.Single(mime.Split("\r\n"), line => line.StartsWith("Content-Type:", StringComparison.Ordinal)));
        Assert.Equal(mail.Text, WholeBody(mime).ReplaceLineEndings("\n"));
        Assert.Equal("text/plain", Assert.Single(json.RootElement.GetProperty("content").EnumerateArray()).GetProperty("type").GetString());
        Assert.StartsWith("-----BEGIN PGP MESSAGE-----\n\n", mail.Text, StringComparison.Ordinal);
        Assert.EndsWith("\n-----END PGP MESSAGE-----\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_says_so_only_inside()
    {
        await using var kit = await TellAsync(Reader(PgpKit.Curve.Block));
        await kit.Outbox.SaveAsync(await kit.MailAsync() with { IsRepeat = true }, CancellationToken.None);

        await kit.SendAsync();

        var sent = Assert.Single(kit.Taken);
        Assert.Equal(SensitiveMail.SubjectOf(People.Reader()), sent.Subject);
        Assert.StartsWith("[KZ] Detention: Мирас Кыранбеков (not yet reviewed) (may be a repeat)\n\nThis may be a repeat", PgpKit.Curve.Decrypt(sent.Text), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_length_has_the_same_length_every_time(string kind)
    {
        var key = PgpKey.Read(KitOf(kind).Block).Key!.EncryptingAt(Some.Time)!;

        // Of the bytes too: armor hides a missing one of most lengths.
        var lengths = Enumerable.Range(0, 200).Select(i => SealedMail.Write(string.Create(CultureInfo.InvariantCulture, $"{i:000}"), key)).Select(message => (message.Length, PgpKit.Dearmored(message).Length));

        Assert.Single(lengths.Distinct());
    }

    [Fact]
    public void Counts_of_sensitive_mails_do_not_change_their_length()
    {
        var (sensitive, reader) = (new SensitiveMail(new AlertsOptions()), People.Reader(language: "kk"));

        var lengths = new[] { 0, 1, 9, 12_345, int.MaxValue }.Select(count => sensitive.Render(reader, count))
            .Select(content => SealedMail.Seal(MimeWriterTests.Mail with { Text = content.Text, Html = content.Html }, reader, PgpKit.Curve.Block, Some.Time).Mail!.Text.Length);

        Assert.Single(lengths.Distinct());
    }

    [Fact]
    public async Task After_the_key_has_expired_nothing_is_sent_and_operators_are_told_once_a_day()
    {
        var old = new PgpKit(PgpKit.EdPair(), PgpKit.XPair(), lasts: TimeSpan.FromDays(1));
        await using var kit = await TellAsync(Reader(old.Block));

        Assert.Equal(new JobResult.Done("failed"), await kit.SendAsync());

        Assert.Equal((MailState.Failed, "the recipient's OpenPGP key has expired", 0), await EndAsync(kit));
        var told = Assert.Single(kit.Taken);
        Assert.Equal("operator@example.org", told.To);
        Assert.Contains("OpenPGP key has expired", told.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("Кыранбеков", told.Text, StringComparison.Ordinal);

        await kit.Router.TellAsync(People.Item("item.feed-1.2"), [People.Reader()], CancellationToken.None);
        await kit.SendAllAsync();
        Assert.Single(kit.Taken);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----")]
    public async Task With_a_key_that_cannot_be_used_nothing_is_sent(string block)
    {
        await using var kit = await TellAsync(Reader(block));

        Assert.Equal(new JobResult.Done("failed"), await kit.SendAsync());

        Assert.Equal((MailState.Failed, "the recipient's OpenPGP key cannot be used", 0), await EndAsync(kit));
        Assert.Equal("operator@example.org", Assert.Single(kit.Taken).To);
    }

    [Fact]
    public async Task A_key_that_is_replaced_is_used_when_the_mail_is_sent_once_more()
    {
        await using var kit = await TellAsync(Reader("nonsense"));
        await kit.SendAsync();
        var stamp = await kit.List.ListStampsAsync(CancellationToken.None).FirstAsync();
        await kit.List.EditAsync(Reader(PgpKit.Curve.Block), stamp, "editor", CancellationToken.None);
        kit.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.True(await kit.Outbox.ResendAsync(await kit.MailAsync(), kit.Clock.GetUtcNow(), CancellationToken.None));
        Assert.Equal(new JobResult.Done("sent"), await kit.SendAsync());

        Assert.Contains("Кыранбеков", PgpKit.Curve.Decrypt(kit.Taken[^1].Text), StringComparison.Ordinal);
    }

    private static Recipient Reader(string block) => People.Reader() with { PgpKey = block };

    private static PgpKit KitOf(string kind) => kind == "rsa" ? PgpKit.Rsa : PgpKit.Curve;

    /// <summary>An alert in the outbox of a recipient of the watch list.</summary>
    private static async Task<MailKit> TellAsync(Recipient reader)
    {
        var kit = await MailKit.CreateAsync(reader);
        kit.Options.Operators = "operator@example.org";
        await kit.Router.TellAsync(People.Item(), [reader], CancellationToken.None);
        return kit;
    }

    private static async Task<(MailState, string?, int)> EndAsync(MailKit kit)
    {
        var mail = await kit.MailAsync();
        return (mail.State, mail.Reason, await kit.PendingAsync());
    }

    private static string Headers(string mime) => mime.Split("\r\n\r\n")[0];

    /// <summary>All that comes after the headers, decoded.</summary>
    private static string WholeBody(string mime) => Encoding.UTF8.GetString(Convert.FromBase64String(mime[(mime.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace("\r\n", "", StringComparison.Ordinal)));

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=")]
    private static partial Regex Words();
}
