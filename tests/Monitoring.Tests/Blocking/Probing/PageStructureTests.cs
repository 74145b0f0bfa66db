using System.Numerics;
using System.Text;
using Monitoring.Blocking.Analysis;
using Monitoring.Blocking.Probing;

namespace Monitoring.Tests.Blocking.Probing;

public sealed class PageStructureTests
{
    [Theory]
    [InlineData("Новости города", 20, "Қала жаңалықтары", 20)]
    [InlineData("Новости города", 20, "Breaking news", 60)]
    public void One_template_in_another_language_or_with_more_news_is_built_alike(string words, int news, string others, int moreNews) =>
        Assert.InRange(Distance(Front(words, news), Front(others, moreNews)), 0, PageComparison.SameTemplateBits);

    [Fact]
    public void Two_templates_are_built_otherwise()
    {
        var table = $"<html><body><table>{string.Concat(Enumerable.Repeat("<tr><td><font>a</font></td><td><center>b</center></td></tr>", 20))}</table><hr><address>x</address><ol><li>1</ol></body></html>";

        Assert.True(Distance(Front("Новости", 20), table) > 2 * PageComparison.SameTemplateBits);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<h1>Restricted</h1><p>Access is denied")]
    [InlineData("plain text < with > signs <1> <<<<< <")]
    public void A_page_of_hardly_any_elements_has_no_structure(string page) => Assert.Null(PageStructure.Of(Encoding.UTF8.GetBytes(page)));

    [Fact]
    public void Whatever_bytes_come_end_in_an_answer()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(4000)];
            random.NextBytes(bytes);
            for (var at = 0; at < bytes.Length; at += 1 + random.Next(9))
            {
                bytes[at] = (byte)'<';
            }

            var structure = PageStructure.Of(bytes);

            Assert.True(structure is null or { Length: 16 });
        }
    }

    private static string Front(string words, int news) =>
        $"<!DOCTYPE html><html><head><meta charset=utf-8><title>{words}</title><link rel=stylesheet href=a.css></head><body><header><nav><ul><li><a>{words}</a></li></ul></nav></header><main>"
        + string.Concat(Enumerable.Range(0, news).Select(i => $"<article><h2><a href=/{i}>{words}</a></h2><p>{words} <b>{words}</b></p><img src=/{i}.jpg></article>"))
        + $"</main><aside><section><h3>{words}</h3><form><input><button>ok</button></form></section></aside><footer><p><small>{words}</small></p></footer></body></html>";

    private static int Distance(string a, string b) => BitOperations.PopCount(Hash(a) ^ Hash(b));

    private static ulong Hash(string page) => Convert.ToUInt64(PageStructure.Of(Encoding.UTF8.GetBytes(page)), 16);
}
