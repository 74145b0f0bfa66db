using System.Text;
using System.Text.RegularExpressions;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Mailing;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Mailing;

public sealed partial class MimeWriterTests
{
    internal static readonly OutgoingMail Mail = new()
    {
        Id = "0123456789abcdef0123456789abcdef",
        Key = "recipient-1.0123456789abcdef0123456789abcdef",
        From = "monitoring@example.org",
        FromName = "Monitoring",
        To = "reader@example.org",
        ToName = "Reader",
        Subject = "Press freedom",
        Text = "Текст\n",
        Html = "<p>Текст</p>\n",
        Language = "ru",
        CreatedAt = new DateTimeOffset(2026, 11, 2, 3, 4, 5, TimeSpan.Zero),
        List = "alerts",
    };

    [Fact]
    public void Headers_come_in_order_and_a_blank_line_ends_them()
    {
        Assert.Equal(
            """
            From: Monitoring <monitoring@example.org>
            To: Reader <reader@example.org>
            Subject: =?utf-8?B?W0taXSBQcmVzcyBmcmVlZG9t?=
            Date: Mon, 02 Nov 2026 03:04:05 +0000
            Message-ID: <0123456789abcdef0123456789abcdef@example.org>
            List-Id: Monitoring alerts <alerts.monitoring.example.org>
            Auto-Submitted: auto-generated
            Content-Language: ru
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="=_0123456789abcdef0123456789abcdef"
            """.ReplaceLineEndings("\r\n"),
            MimeWriter.Write(Mail with { Subject = "[KZ] Press freedom" }).Split("\r\n\r\n")[0]);
    }

    [Fact]
    public void Text_comes_before_html_and_both_are_utf8_with_line_ends_of_mail()
    {
        var parts = MimeWriter.Write(Mail with { Text = "Қазақ\nтілі\n" }).Split("--=_0123456789abcdef0123456789abcdef");

        Assert.Equal(4, parts.Length);
        Assert.StartsWith("\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", parts[1], StringComparison.Ordinal);
        Assert.StartsWith("\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", parts[2], StringComparison.Ordinal);
        Assert.Equal(("Қазақ\r\nтілі\r\n", "<p>Текст</p>\r\n", "--\r\n"), (Body(parts[1]), Body(parts[2]), parts[3]));
    }

    [Fact]
    public void Text_alone_is_the_whole_body()
    {
        var mail = MimeWriter.Write(Mail with { Html = null }).Split("\r\n\r\n");

        Assert.EndsWith("\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", mail[0], StringComparison.Ordinal);
        Assert.Equal("Текст\r\n", Encoding.UTF8.GetString(Convert.FromBase64String(Assert.Single(mail[1..]))));
    }

    [Theory]
    [InlineData("Press freedom 22 Nov")]
    [InlineData("Бұғатталған: Сайт, желі AS64500 (DNS)")]
    [InlineData("=?utf-8?B?SGVsbG8=?= looks like an encoded word")]
    [InlineData("Comma, \"quotes\" <angle> @ (brackets) \\")]
    [InlineData("\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00")] // four bytes each
    [InlineData("a subject of plain letters that is longer than a line of mail may be and goes on")]
    [InlineData("")]
    public void A_subject_comes_back_as_it_was(string subject)
    {
        Assert.Equal(subject, Decoded("Subject", MimeWriter.Write(Mail with { Subject = subject })));
    }

    [Theory]
    [InlineData("evil\r\nBcc: everybody@example.org")]
    [InlineData("evil\nBcc: everybody@example.org")]
    [InlineData("evil\rBcc: everybody@example.org")]
    [InlineData("evil\r\n\r\n<html>")]
    [InlineData("evil\u0085\u2028\0Bcc: everybody@example.org")]
    public void No_value_can_begin_a_header_or_end_them(string evil)
    {
        var mail = MimeWriter.Write(Mail with { Subject = evil, ToName = evil, FromName = evil, To = "reader@example.org\r\nBcc: everybody@example.org" });

        var names = mail.Split("\r\n\r\n")[0].Split("\r\n").Where(line => !line.StartsWith(' ')).Select(line => line.Split(':')[0]);
        Assert.Equal(["From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type"], names);
    }

    [Theory]
    [InlineData("Smith, J.")]
    [InlineData("Readers <all>")]
    [InlineData("J. Smith")] // a stop is no plain word of a name (RFC 5322 section 3.2.3)
    [InlineData("Айсұлу \"Ай\" Сапарова")]
    public void A_name_of_other_than_plain_words_is_encoded(string name)
    {
        var to = Header("To", MimeWriter.Write(Mail with { ToName = name }));

        Assert.Matches("^=\\?utf-8\\?B\\?[A-Za-z0-9+/=]+\\?=\r\n <reader@example.org>$", to);
        Assert.StartsWith(name, Decode(to), StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_of_another_zone_is_written_in_utc()
    {
        var mail = MimeWriter.Write(Mail with { CreatedAt = new DateTimeOffset(2026, 11, 2, 8, 4, 5, TimeSpan.FromHours(5)) });

        Assert.Equal("Mon, 02 Nov 2026 03:04:05 +0000", Header("Date", mail));
    }

    [Fact]
    public void Whatever_it_says_a_mail_is_ascii_in_lines_of_at_most_76_characters_and_comes_back()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new RandomText(seed);
            var mail = Mail with { Subject = random.Next(200), ToName = random.Next(100), FromName = random.Next(60), Text = random.Next(2000), Html = random.Next(2000) };

            var written = MimeWriter.Write(mail);

            // The boundary's line and the encoded words' ones; a header of plain words has no encoded word.
            Assert.True(written.All(c => c is '\r' or '\n' or (>= ' ' and <= '~')), $"seed {seed}");
            Assert.True(written.Split("\r\n").All(line => line.Length <= 76 || line.StartsWith("Content-Type: multipart", StringComparison.Ordinal)), $"seed {seed}");
            Assert.True(!written.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n'), $"seed {seed}");
            Assert.True(Expected(mail.Subject) == Decoded("Subject", written), $"seed {seed}");
        }
    }

    /// <summary>Controls are blanks, halves of pairs are question marks of Unicode.</summary>
    private static string Expected(string subject) =>
        string.Concat(string.Concat(subject.Select(c => char.IsControl(c) ? ' ' : c)).EnumerateRunes().Select(rune => rune.ToString()));

    private static string Header(string name, string mail) => Headers().Matches(mail.Split("\r\n\r\n")[0] + "\r\n").Single(match => match.Groups[1].Value == name).Groups[2].Value;

    private static string Decoded(string name, string mail) => Decode(Header(name, mail));

    /// <summary>As RFC 2047 says: blanks between encoded words are none.</summary>
    private static string Decode(string value) =>
        EncodedWord().Replace(Between().Replace(value, "$1"), word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)));

    private static string Body(string part) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace("\r\n", "", StringComparison.Ordinal)));

    [GeneratedRegex("([A-Za-z-]+): (.*(?:\r\n .*)*?)\r\n(?! )")]
    private static partial Regex Headers();

    [GeneratedRegex("(\\?=)\r\n (?==\\?)")]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=")]
    private static partial Regex EncodedWord();
}
