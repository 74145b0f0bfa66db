using System.Globalization;
using System.Text;
using Monitoring.Blocking.Fingerprints;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Fingerprints;

/// <summary>The one pass finds what looking for each pattern alone finds, whatever the bytes; and hostile bytes cost no more than others.</summary>
public sealed class FingerprintSearchTests
{
    private const int Seed = 20261123;

    [Fact]
    public void Finds_what_looking_for_each_pattern_alone_finds()
    {
        var random = new RandomText(Seed);
        for (var round = 0; round < 400; round++)
        {
            var alphabet = random.Of<string>(["ab", "abc", "абв", "a\u0301éё", "<html>blocked"]);
            var shortest = random.Number(2) * 4;
            var patterns = Enumerable.Range(0, 24).Select(_ => new string('a', shortest) + random.Next(8, alphabet).Replace("\ufffd", "", StringComparison.Ordinal))
                .Where(pattern => pattern.Length > 0 && !pattern.Any(char.IsSurrogate)).Distinct(StringComparer.Ordinal).ToList();
            var body = Encoding.UTF8.GetBytes(random.Next(300, alphabet) + string.Concat(patterns.Select(pattern => pattern[..^1])) + random.Of(patterns));

            foreach (var type in (PatternType[])[PatternType.Contains, PatternType.Prefix, PatternType.Full])
            {
                var expected = patterns.Select(pattern => (Pattern: pattern, At: Place(body, Encoding.UTF8.GetBytes(pattern), type))).Where(found => found.At >= 0);

                var found = patterns.Chunk(FingerprintSet.MaxMatches).SelectMany(some => Prints.InBody(body, [.. some.Select(pattern => Prints.Of(pattern, type))]));

                Assert.True(
                    expected.Select(one => string.Create(CultureInfo.InvariantCulture, $"test.{one.Pattern} {one.At}+{Encoding.UTF8.GetByteCount(one.Pattern)}")).ToHashSet().SetEquals(found),
                    string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, round {round}, {type}"));
            }
        }
    }

    [Fact]
    public void Finds_in_random_bytes_what_was_put_there()
    {
        var random = new Random(Seed);
        var patterns = Enumerable.Range(0, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"<p>mark {i * 7919 % 100_003} of blocking</p>")).ToList();
        var set = FingerprintSet.Compile(patterns.Select(pattern => Prints.Of(pattern)));
        for (var round = 0; round < 20; round++)
        {
            var body = new byte[20_000];
            random.NextBytes(body);
            var (pattern, at) = (patterns[random.Next(patterns.Count)], random.Next(body.Length - 100));
            Encoding.UTF8.GetBytes(pattern).CopyTo(body, at);

            Assert.Equal($"test.{pattern}", Assert.Single(set.MatchPage(body, []), match => match.Position == at).Name);
        }
    }

    /// <summary>Comparing each of the 2,000 with each place would take hours; here it is only asked to end, with the right answer.</summary>
    [Fact]
    public void One_letter_over_and_over_and_patterns_that_all_share_it_end()
    {
        var body = Encoding.UTF8.GetBytes(new string('a', FingerprintSet.MaxBody));
        var near = Enumerable.Range(1, 1000).SelectMany(i => (Fingerprint[])[Prints.Of(new string('a', i) + "b"), Prints.Of("b" + new string('a', i)), Prints.Of(new string('a', i) + "b" + new string('a', 1000 - i))]);
        var within = Enumerable.Range(4, 10).Select(i => Prints.Of(new string('a', i)));

        Assert.Equal(10, Prints.InBody(body, [.. near.DistinctBy(fingerprint => fingerprint.Pattern), .. within]).Count);
    }

    [Fact]
    public void Expressions_that_bring_other_engines_down_end()
    {
        var body = new string('a', FingerprintSet.MaxBody);

        Assert.Empty(Prints.InBody(body, Prints.Of("(a+)+b", PatternType.Regexp), Prints.Of("(a|aa)+c", PatternType.Regexp), Prints.Of("(a*)*[xyz]", PatternType.Regexp)));
    }

    private static int Place(byte[] body, byte[] pattern, PatternType type) => type switch
    {
        PatternType.Contains => body.AsSpan().IndexOf(pattern),
        PatternType.Prefix => body.AsSpan().StartsWith(pattern) ? 0 : -1,
        _ => body.AsSpan().SequenceEqual(pattern) ? 0 : -1,
    };
}
