using Monitoring.Items;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Items;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  Просто \t текст\u00a0здесь ", "Просто текст здесь")]
    [InlineData("A &amp; B &lt;c&gt; &laquo;d&raquo; &#1040;", "A & B <c> «d» А")]
    [InlineData("<p>Первый</p><p>Второй</p>", "Первый\nВторой")]
    [InlineData("Первая<br>вторая<BR/>третья", "Первая\nвторая\nтретья")]
    [InlineData("<ul><li>Раз<li>Два</ul>Три", "Раз\nДва\nТри")]
    [InlineData("Ми<b>рас</b> <i>Кыранбеков</i>", "Мирас Кыранбеков")] // no blank where the reader sees none
    [InlineData("<td>Мирас</td>", "Мирас")]
    [InlineData("<table><tr><td>Мирас</td><td>Кыранбеков</td></tr><tr><th>A</th></tr></table>", "Мирас\nКыранбеков\nA")] // two cells are not one word
    [InlineData("<dl><dt>Имя</dt><dd>Мирас</dd></dl>", "Имя\nМирас")]
    [InlineData("<header>A</header><main>B</main><footer>C</footer>", "A\nB\nC")]
    [InlineData("A<script>alert(1)</script><style>b{}</style><svg><text>E</text></svg><template>F</template>G", "AG")]
    [InlineData("A<noscript>B</noscript><iframe src='x'/>C<object>D</object>E", "ABCDE")] // what stands in for what is not shown
    [InlineData("A<script src='x'/>B<script>C", "AB")]
    [InlineData("A<b title='>'>B</b><i it's>C</i>", "ABC")]
    [InlineData("<!' <a href='x'>A", "<!' A")] // no declaration begins so
    [InlineData("A&#1;&#55357;B", "A\ufffdB")] // no control characters, no halves of others
    [InlineData("&#147;A&#148; &hellip;&unknown; &copy", "“A” …&unknown; &copy")]
    [InlineData("<h1>A</h1>\n\n\r\n<div><div>B</div></div>", "A\nB")]
    [InlineData("<!-- скрыто -->видно<![CDATA[x]]>", "видно")]
    [InlineData("5 < 6 & 7 > 2", "5 < 6 & 7 > 2")]
    [InlineData("<p>Не закрыт <b>совсем", "Не закрыт совсем")]
    [InlineData("Оборван <a href=\"http://", "Оборван")]
    [InlineData("<html><head><title>Имя</title></head><body>Тело</body></html>", "Тело")]
    [InlineData("<frameset><frame src=a></frameset>", "")]
    public void The_text_is_what_a_reader_sees(string html, string expected) => Assert.Equal(expected, PlainText.OfHtml(html));

    [Fact]
    public void Depth_does_not_matter()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 200_000)) + "Мирас&nbsp;&amp; Ко";

        Assert.Equal("Мирас & Ко", PlainText.OfHtml(deep));
    }

    [Theory]
    [InlineData("<p>", 300_000)] // siblings
    [InlineData("<b>", 100_000)]
    [InlineData("<table>", 100_000)]
    [InlineData("<a><div>", 100_000)]
    [InlineData("<", 600_000)]
    [InlineData("<select><option>", 100_000)]
    [InlineData("</p>", 300_000)]
    public void Hostile_markup_comes_to_an_end(string piece, int times) =>
        Assert.EndsWith("конец", PlainText.OfHtml(string.Concat(Enumerable.Repeat(piece, times)) + "конец"), StringComparison.Ordinal);

    [Fact]
    public void Text_beyond_the_limit_is_cut() => Assert.Equal(1_999_997, PlainText.OfHtml("<p>" + new string('a', 3_000_000)).Length);

    [Fact]
    public void Nothing_throws()
    {
        var random = new RandomText(20261122);
        string[] pieces =
        [
            "<p>", "</p>", "<td>", "<table>", "</table>", "<svg>", "<math>", "<select>", "<frameset>", "<body>", "<html>", "<template>",
            "&amp", "&#x", "<!--", "<a href='", "'>", "</", "<title>",
        ];
        for (var i = 0; i < 1500; i++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Number(20)).Select(_ => random.Of(pieces) + random.Next(4)));

            var failure = Record.Exception(() => PlainText.OfHtml(html));

            Assert.True(failure is null, $"seed {random.Seed}, round {i}: {failure?.GetType().Name} for {html}");
        }
    }
}
