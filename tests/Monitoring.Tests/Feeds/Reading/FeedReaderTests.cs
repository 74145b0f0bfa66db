using System.Text;
using Monitoring.Feeds.Reading;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Feeds.Reading;

public sealed class FeedReaderTests
{
    private const string Sample = "<?xml version=\"1.0\" encoding=\"{0}\"?><rss><channel><item><title>Мирас Қыранбеков</title><description>A &amp; &nbsp;B</description></item></channel></rss>";

    static FeedReaderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("windows-1251", null)]
    [InlineData("koi8-r", null)]
    [InlineData("koi8-r", "text/xml; charset=koi8-r")]
    [InlineData("iso-8859-5", "application/rss+xml; charset=iso-8859-5")]
    [InlineData("utf-8", "text/xml; charset=windows-1251")] // the header is wrong
    [InlineData("utf-16", null)] // with its mark
    public void Titles_are_read_in_the_encoding_of_the_bytes(string name, string? contentType)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = Sample.Replace("{0}", name, StringComparison.Ordinal).Replace("Қ", "К", StringComparison.Ordinal);

        var reading = FeedReader.Read((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(text)], FeedText.Url, contentType);

        Assert.Equal("Мирас Кыранбеков", Assert.IsType<FeedReading.Read>(reading).Document.Items[0].Title);
    }

    [Fact]
    public void The_content_type_does_not_decide_the_format() => Assert.Equal(FeedFormat.Rss, FeedText.Read(Sample, "application/json").Format);

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new RandomText(20261123);
        string[] samples =
        [
            Sample,
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='http://a/'/><title>&lt;b&gt;</title></entry></feed>",
            "{\"items\":[{\"title\":\"\\ud83d\\ude00\"}]}",
        ];
        string[] pieces =
        [
            "<", ">", "</", "/>", "<![CDATA[", "]]>", "<!--", "-->", "&", "&#", ";", "\"", "'", "=", "x:", "xmlns:x=''", "<!DOCTYPE",
            "[", "]", "?>", "\0", "\ud83d", "\\u", "<item>", "http://xn--й.kz/",
        ];
        for (var i = 0; i < 2000; i++)
        {
            var text = random.Of(samples);
            for (var change = random.Number(4); change >= 0; change--)
            {
                var at = random.Number(text.Length);
                text = random.Number(3) == 0 ? text[..at] + " " : text[..at] + random.Of(pieces) + text[(at + random.Number(Math.Min(3, text.Length - at)))..];
            }

            var failure = Record.Exception(() => FeedReader.Read(Encoding.UTF8.GetBytes(text), FeedText.Url, contentType: null));
            Assert.True(failure is null, $"seed {random.Seed}, round {i}: {failure?.GetType().Name} for {text}");
        }
    }

    [Fact]
    public void A_feed_cut_anywhere_is_read_or_refused_but_never_throws()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample.Replace("{0}", "utf-8", StringComparison.Ordinal));

        var readings = Enumerable.Range(0, bytes.Length + 1).Select(length => FeedReader.Read(bytes.AsMemory(0, length), FeedText.Url, contentType: null));

        // From the end of the item on it can be read.
        Assert.Equal("</channel></rss>".Length + 1, readings.Count(reading => reading is FeedReading.Read));
    }
}
