using System.Text;
using Monitoring.Fetching;

namespace Monitoring.Tests.Fetching;

public sealed class TextDecodingTests
{
    private const string Word = "Қазақстан жаңалықтары";
    private const string Russian = "Новости";

    static TextDecodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_decides(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal(new DecodedText(Word, name), TextDecoding.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(Word)], "text/xml; charset=koi8-r", "site.kz"));
    }

    [Theory]
    [InlineData("text/xml; charset=windows-1251")]
    [InlineData("text/xml; charset=utf-16")]
    [InlineData(null)]
    public void Valid_UTF8_is_UTF8_whatever_is_declared(string? contentType) =>
        Assert.Equal(new DecodedText(Word, "utf-8"), TextDecoding.Decode(Encoding.UTF8.GetBytes(Word), contentType, "site.kz"));

    [Theory]
    [InlineData("windows-1251", "text/html; charset=windows-1251", "")]
    [InlineData("windows-1251", "text/html; charset=\"Windows-1251\"", "")]
    [InlineData("windows-1251", "text/html; charset=cp1251", "")]
    [InlineData("windows-1251", "text/html;charset=win-1251", "")]
    [InlineData("koi8-r", "text/html; charset=KOI8-R", "<meta charset=windows-1251>")] // the header goes before the page
    [InlineData("koi8-r", null, "<?xml version='1.0' encoding='koi8-r'?>")]
    [InlineData("koi8-r", "text/html", "<html><head><meta charset=\"koi8-r\">")]
    [InlineData("koi8-r", null, "<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=koi8-r\">")]
    [InlineData("koi8-r", "text/html; charset=no-such", "<meta charset=koi8-r>")]
    [InlineData("koi8-r", "text/html; charset=", "<meta charset=koi8-r>")]
    [InlineData("koi8-r", "text/html; charset=\"", "<meta charset=koi8-r>")]
    [InlineData("koi8-r", "text/html; charset=\u0430", "<meta charset=koi8-r>")]
    [InlineData("koi8-r", ";;;", "<meta charset=koi8-r>")]
    [InlineData("koi8-r", "text/html; charset=utf-7", "<meta charset=koi8-r>")] // hides markup
    [InlineData("windows-1251", null, "<?xml version='1.0' encoding='utf-16'?>")] // read as bytes, it cannot be
    [InlineData("windows-1251", null, "")] // the usual one of the region
    public void Other_bytes_are_read_as_declared(string name, string? contentType, string head)
    {
        var decoded = TextDecoding.Decode(Encoding.GetEncoding(name).GetBytes(head + Russian), contentType, "site.kz");

        Assert.Equal(new DecodedText(head + Russian, name), decoded);
    }

    [Theory]
    [InlineData("windows-1251")]
    [InlineData("koi8-r")]
    [InlineData("cp866")]
    [InlineData("iso-8859-5")]
    public void Cyrillic_is_recognised_by_its_letters(string name)
    {
        var bytes = Encoding.GetEncoding(name).GetBytes("<p>Суд в Алматы продлил арест журналисту. Адвокат обжаловал решение в апелляционной инстанции.</p>");

        Assert.Equal(name, TextDecoding.Decode(bytes, contentType: null, "site.org").Encoding);
        Assert.Equal(name, TextDecoding.Decode(bytes, "text/html; charset=iso-8859-1", "site.org").Encoding); // the default of a server
        Assert.Equal(name, TextDecoding.Decode(bytes, "text/html; charset=utf-8", "site.org").Encoding); // a lie
    }

    [Theory]
    [InlineData("text/xml; charset=kz-1048")]
    [InlineData("text/xml; charset=windows-1251")] // what people take it for
    [InlineData(null)]
    public void Kazakh_letters_prove_KZ_1048(string? contentType)
    {
        const string Text = "Алматы қаласының соты журналистің қамауын ұзартты, әріптестері үкімге наразылық білдірді. Бұл өте маңызды шешім.";
        var bytes = TableEncoding.Kz1048.GetBytes(Text);

        Assert.Equal(new DecodedText(Text, "kz-1048"), TextDecoding.Decode(bytes, contentType, "site.org"));
    }

    [Fact]
    public void Western_accents_are_not_taken_for_Cyrillic() =>
        Assert.Equal("windows-1252", TextDecoding.Decode(Encoding.GetEncoding(1252).GetBytes("L'été dernier, la journaliste a été arrêtée à Genève où elle enquêtait."), null, "site.org").Encoding);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void Wide_characters_are_recognised_without_a_mark(string name) =>
        Assert.Equal(new DecodedText("<a>" + Word, name), TextDecoding.Decode(Encoding.GetEncoding(name).GetBytes("<a>" + Word), "text/xml; charset=windows-1251", "site.kz"));

    [Theory]
    [InlineData("cp1251", "windows-1251")]
    [InlineData("CP-866", "cp866")]
    [InlineData("ISO_8859-5", "iso-8859-5")]
    [InlineData("8859_7", "iso-8859-7")]
    [InlineData("latin1", "windows-1252")]
    [InlineData("us-ascii", "windows-1252")]
    [InlineData("gb2312", "gb18030")]
    [InlineData("x-sjis", "shift_jis")]
    [InlineData("STRK1048-2002", "kz-1048")]
    [InlineData("ptcp154", "ptcp154")]
    [InlineData("koi8-t", "koi8-t")]
    [InlineData("koi8_r", "koi8-r")]
    [InlineData("MS-CYRL", "windows-1251")]
    [InlineData("utf-7", null)]
    [InlineData("no-such", null)]
    [InlineData("99999", null)]
    public void Encodings_have_many_names(string label, string? name) => Assert.Equal(name, EncodingLabel.Find(label)?.WebName.ToLowerInvariant());

    [Fact]
    public void Escape_sequences_are_believed_where_they_are_declared()
    {
        var encoding = Encoding.GetEncoding("iso-2022-jp");

        Assert.Equal("日本", TextDecoding.Decode(encoding.GetBytes("日本"), "text/xml; charset=iso-2022-jp", "site.jp").Text);
    }

    [Theory]
    [InlineData("site.kz", "windows-1251")]
    [InlineData("SITE.RU", "windows-1251")]
    [InlineData("site.kg", "windows-1251")]
    [InlineData("site.org", "windows-1252")]
    [InlineData("kz", "windows-1252")]
    public void Without_any_word_the_host_decides(string host, string encoding) => Assert.Equal(encoding, TextDecoding.Decode([0xcd, 0xee], contentType: null, host).Encoding);

    [Fact]
    public void UTF8_with_a_broken_byte_keeps_its_good_parts() =>
        Assert.Equal("Новости\ufffd", TextDecoding.Decode([.. Encoding.UTF8.GetBytes(Russian), 0xff], "text/xml; charset=utf8", "site.kz").Text);

    [Fact]
    public void A_declaration_far_down_is_not_looked_for() =>
        Assert.Equal("windows-1251", TextDecoding.Decode(Encoding.GetEncoding("koi8-r").GetBytes(new string(' ', 1100) + "<meta charset=koi8-r>Суд"), null, "site.kz").Encoding);

    [Fact]
    public void Nothing_is_an_empty_text() => Assert.Equal("", TextDecoding.Decode([], contentType: null, "").Text);

    [Fact]
    public void Nothing_throws()
    {
        var random = new Random(20261122);
        string?[] types = [null, "", "text/html; charset=x", "a/b; charset=\"\"", "\0", "text/html; charset=utf-16", "text/html; charset=iso-2022-jp", "text/html; charset=gb18030"];
        for (var i = 0; i < 3000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);

            var failure = Record.Exception(() => TextDecoding.Decode(bytes, types[random.Next(types.Length)], "site.kz"));

            Assert.True(failure is null, $"seed 20261122, round {i}: {failure}");
        }
    }
}
