using System.Text;
using Monitoring.Items.Stories;

namespace Monitoring.Tests.Items.Stories;

public sealed class TextSketchTests
{
    [Fact]
    public void Marks_blanks_and_case_make_no_other_text()
    {
        Assert.Equal(TextSketch.Of("Суд в Алматы: редактор  ОШТРАФОВАН!").Hash, TextSketch.Of("суд в алматы — редактор оштрафован").Hash);
        Assert.NotEqual(TextSketch.Of("Суд в Алматы: редактор оштрафован").Hash, TextSketch.Of("Суд в Алматы: редактор оправдан").Hash);
    }

    [Theory]
    [InlineData("журналиста задержали", "журналисту задержанному")]
    [InlineData("қаламгерді қамауға", "қаламгердің қамауда")]
    public void Endings_make_no_other_pair(string one, string other)
    {
        Assert.Equal(TextSketch.Of(one).Pairs, TextSketch.Of(other).Pairs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("Срочно")]
    public void What_says_almost_nothing_is_short(string text)
    {
        Assert.True(TextSketch.Of(text).IsShort);
    }

    [Fact]
    public void A_body_of_a_megabyte_is_bounded()
    {
        var body = new StringBuilder();
        for (var i = 0; body.Length < 1_000_000; i++)
        {
            body.Append("слово").Append(i).Append(' ').Append(i).Append(" Имя").Append(i).Append(' ');
        }

        var sketch = TextSketch.Of(body.ToString());

        Assert.Equal(TextWords.MostWords, sketch.Words);
        Assert.InRange(sketch.ToBytes().Length, 1, 60 * 1024);
    }

    [Fact]
    public void Half_characters_and_marks_are_no_trouble()
    {
        Assert.NotNull(TextSketch.Of("\ud83d\udcf0\ud83d и\u0306 \u0301слово \udc00"));
    }

    [Fact]
    public void It_survives_being_stored()
    {
        var sketch = TextSketch.Of(StoryTexts.Russian);
        var read = TextSketch.FromBytes(sketch.ToBytes())!;

        Assert.Equal((sketch.Words, sketch.Hash), (read.Words, read.Hash));
        Assert.Equal<uint[]>([sketch.Pairs, sketch.Numbers, sketch.Placed, sketch.Names], [read.Pairs, read.Numbers, read.Placed, read.Names]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(24)]
    public void Bytes_of_another_shape_are_no_sketch(int length)
    {
        Assert.Null(TextSketch.FromBytes(Enumerable.Repeat((byte)255, length).ToArray()));
    }

    [Fact]
    public void Signatures_agree_about_as_often_as_pairs_are_shared()
    {
        var (one, other) = (TextSketch.Of(StoryTexts.Russian), TextSketch.Of(StoryTexts.Change(StoryTexts.Russian, everyNth: 8)));

        Assert.InRange(MinHash.Estimate(MinHash.Sign(one.Pairs), MinHash.Sign(other.Pairs)) - TextLikeness.Of(one, other).Shared, -0.15, 0.15);
    }
}
