using System.Text;
using Monitoring.Feeds;
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

        var reading = FeedReader.Read((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(text)], new FeedReadContext(FeedSample.Url) { ContentType = contentType });

        Assert.Equal("Мирас Кыранбеков", Assert.IsType<FeedReading.Read>(reading).Document.Items[0].Title);
    }

    [Fact]
    public void The_content_type_does_not_decide_the_format() => Assert.Equal(FeedFormat.Rss, FeedSample.Read(Sample, "application/json").Format);

    [Fact]
    public void No_bytes_make_it_throw_or_give_what_no_reader_of_it_expects()
    {
        var mutations = new FeedMutations(seed: 20261123);
        for (var i = 0; i < 50_000; i++)
        {
            var body = mutations.Next();

            var reading = FeedReader.Read(body, FeedSample.Url);

            Assert.True(FeedMutations.Fault(reading) is not { } fault, $"seed {mutations.Seed}, document {i}: {FeedMutations.Fault(reading)} in {Convert.ToBase64String(body)}");
        }
    }

    [Theory]
    [InlineData("<!-- ", 300_000)]
    [InlineData("<![CDATA[", 200_000)]
    [InlineData("<a b=\"", 200_000)]
    [InlineData("<a b='>", 200_000)]
    [InlineData("</a>", 300_000)]
    [InlineData("<a", 300_000)]
    [InlineData("<item>", 200_000)]
    [InlineData("<title>", 200_000)]
    [InlineData("<title><link>", 100_000)]
    [InlineData("<item><title><b>", 50_000)]
    [InlineData("&amp", 300_000)]
    [InlineData("&#", 300_000)]
    [InlineData("<?", 300_000)]
    [InlineData("<?a>", 300_000)]
    [InlineData("<!a>", 300_000)]
    [InlineData("<!a[>", 300_000)]
    [InlineData("<!DOCTYPE [", 100_000)]
    [InlineData("<a><![CDATA[</a>", 100_000)]
    [InlineData("<a xmlns:b='c'>", 100_000)]
    [InlineData("<author>A<!-- -->", 100_000)]
    [InlineData("\0", 1_000_000)]
    public void Hostile_pieces_come_to_an_end(string piece, int times) =>
        Assert.Null(FeedMutations.Fault(FeedReader.Read(Encoding.UTF8.GetBytes("<rss><channel>" + string.Concat(Enumerable.Repeat(piece, times)) + "]]>"), FeedSample.Url)));

    [Fact]
    public void A_feed_cut_anywhere_is_read_or_refused_but_never_throws()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample.Replace("{0}", "utf-8", StringComparison.Ordinal));

        var readings = Enumerable.Range(0, bytes.Length + 1).Select(length => FeedReader.Read(bytes.AsMemory(0, length), FeedSample.Url));

        // From the name in the item's end tag on it can be read.
        Assert.Equal("></channel></rss>".Length + 1, readings.Count(reading => reading is FeedReading.Read));
    }
}
