using System.Text;
using Monitoring.Alerts;
using Monitoring.Alerts.Mails;
using Monitoring.App.Mailing;
using Monitoring.Tests.Mailing;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Alerts;

public sealed class SensitiveMailTests
{
    [Theory]
    [InlineData("en", "New entries: 00012")]
    [InlineData("ru", "Новых записей: 00012")]
    [InlineData("kk", "Жаңа жазбалар: 00012")]
    public void It_says_a_count_and_a_link_and_nothing_else(string language, string said)
    {
        var content = new SensitiveMail(new AlertsOptions { PublicUrl = new Uri("https://m.example/?a=1&b=2") }).Render(People.Reader(language: language), 12);

        Assert.Equal(said + "\n\nhttps://m.example/?a=1&b=2\n\n", content.Text.TrimEnd(' ', '\n') + "\n\n");
        Assert.Contains($"<p>{said}</p><p><a href=\"https://m.example/?a=1&amp;b=2\">", content.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Whether_nothing_or_much_happened_every_mail_is_as_long()
    {
        var mail = new SensitiveMail(new AlertsOptions());
        var lengths = new[] { 0, 1, 9, 12_345, int.MaxValue }.Select(count => mail.Render(People.Reader(language: "kk"), count))
            .Select(content => Encoding.UTF8.GetByteCount(MimeWriter.Write(MimeWriterTests.Mail with { Text = content.Text, Html = content.Html })));

        Assert.Single(lengths.Distinct());
    }
}
