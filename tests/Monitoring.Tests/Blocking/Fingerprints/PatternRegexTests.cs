using Monitoring.Blocking.Fingerprints;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Fingerprints;

public sealed class PatternRegexTests
{
    [Theory]
    [InlineData("(a+)+$")] // catastrophic for engines that backtrack, linear for ours
    [InlineData("Bes?uch .* gesperrt")]
    [InlineData("[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}")]
    [InlineData("{not a count}")]
    public void Is_taken(string pattern) => Assert.Null(PatternRegex.Read(pattern).Why);

    [Theory]
    [InlineData("(?=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a+)b")]
    [InlineData("(a)\\1")]
    [InlineData("a(")]
    [InlineData("[z-a]")]
    [InlineData("(?P<name>a)")]
    [InlineData("(a{200}){200}")]
    [InlineData("a{99999999999}")]
    [InlineData("a{1,2147483648}")]
    public void Is_refused(string pattern) => Assert.NotNull(PatternRegex.Read(pattern).Why);

    [Fact]
    public void Too_long_is_refused() => Assert.Equal(
        "a regular expression of at most 1000 characters is expected, 1001 were found", PatternRegex.Read(new string('a', 1001)).Why);

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("<iframe src=\"http://10\\.10\\.34\\.3[4-6]", "<iframe src=\"http://10.10.34.3")]
    [InlineData("^abc.*longest$", "longest")]
    [InlineData("ab+cde?f", "ab")]
    [InlineData("abc{0,1}xy", "ab")]
    [InlineData("(inner)outer", "outer")]
    [InlineData("(one|other)tail", "tail")]
    [InlineData("a[^]x]bcd", "bcd")]
    [InlineData("a\\dbc\\.d", "bc.d")]
    [InlineData("one|other", "")]
    [InlineData("(?i)any case", "")]
    [InlineData("\\x41BCD", "")]
    [InlineData("\\p{L}abc", "")]
    [InlineData("a{", "")]
    [InlineData("x*", "")]
    public void What_every_match_must_hold_is_known(string pattern, string literal) => Assert.Equal(literal, RequiredLiteral.Of(pattern));

    [Fact]
    public void No_match_lacks_its_literal()
    {
        const int Seed = 20261123;
        var random = new RandomText(Seed);
        var matched = 0;
        for (var i = 0; i < 4000; i++)
        {
            var pattern = random.Next(9, "abab.*+?()|[]^$\\d{1,}-");
            if (PatternRegex.Read(pattern).Regex is not { Literal: { Length: > 0 } literal } regex)
            {
                continue;
            }

            var text = random.Next(30, "abab11{}.*\\n-");
            if (regex.Find(text) is not null)
            {
                matched++;
                Assert.True(text.Contains(literal, StringComparison.Ordinal), $"seed {Seed}: {pattern} in {text}");
            }
        }

        Assert.True(matched > 100);
    }
}
