using System.Text;
using System.Text.Json;
using Monitoring.Blocking.Fingerprints;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Fingerprints;

public sealed class FingerprintSetTests
{
    [Theory]
    [InlineData(PatternType.Contains, "blocked by", "so blocked by us", 3)]
    [InlineData(PatternType.Contains, "доступ закрыт", "«доступ закрыт»", 2)]
    [InlineData(PatternType.Contains, "ab", "xab", 1)]
    [InlineData(PatternType.Contains, "é", "xé", 1)]
    [InlineData(PatternType.Prefix, "<html><b>", "<html><b>no", 0)]
    [InlineData(PatternType.Full, "denied", "denied", 0)]
    [InlineData(PatternType.Regexp, "rule [0-9]+", "by rule 97", 3)]
    [InlineData(PatternType.Regexp, "a.c", "é a\nc", 3)]
    [InlineData(PatternType.Regexp, "[0-9]|x", "эx", 2)]
    public void Each_type_finds_in_the_body(PatternType type, string pattern, string body, int position)
    {
        var match = Assert.Single(FingerprintSet.Compile([Prints.Of(pattern, type)]).MatchPage(Encoding.UTF8.GetBytes(body), []));

        Assert.Equal((position, $"test.{pattern}", "body"), (match.Position, match.Name, match.Location));
    }

    [Theory]
    [InlineData(PatternType.Contains, "blocked", "BLOCKED")]
    [InlineData(PatternType.Contains, "blocked", "blocke")]
    [InlineData(PatternType.Contains, "é", "e\u0301")]
    [InlineData(PatternType.Prefix, "denied", " denied")]
    [InlineData(PatternType.Full, "denied", "denied\n")]
    [InlineData(PatternType.Full, "denied", "")]
    [InlineData(PatternType.Regexp, "rule [0-9]+", "rule x")]
    public void Bytes_are_compared_as_they_are(PatternType type, string pattern, string body) => Assert.Empty(Prints.InBody(body, Prints.Of(pattern, type)));

    [Theory]
    [InlineData(PatternType.Contains, "filter.example")]
    [InlineData(PatternType.Prefix, "http://filter.")]
    [InlineData(PatternType.Full, "http://filter.example/?a=1")]
    [InlineData(PatternType.Regexp, "filter\\.[a-z]+/")]
    public void Each_type_finds_in_headers_whatever_the_case_of_their_names(PatternType type, string pattern)
    {
        var fingerprint = Prints.Of(pattern, type, "header.location");

        Assert.Equal([fingerprint.Name], Prints.InHeader("LOCATION", "http://filter.example/?a=1", fingerprint));
        Assert.Empty(Prints.InHeader("X-Location", "http://filter.example/?a=1", fingerprint));
        Assert.Empty(Prints.InBody("http://filter.example/?a=1", fingerprint));
        Assert.Empty(Prints.InDns("http://filter.example/?a=1", fingerprint));
    }

    [Fact]
    public void Every_value_of_a_header_is_looked_at()
    {
        var set = FingerprintSet.Compile([Prints.Of("proxy", location: "header.via")]);

        Assert.Single(set.MatchPage([], [new("Via", "1.1 other"), new("via", "1.1 proxy"), new("via", "1.1 proxy")]));
    }

    [Theory]
    [InlineData("195.175.254.2", "195.175.254.2", true)]
    [InlineData("195.175.254.2", "195.175.254.20", false)]
    [InlineData("d0::11", "D0:0:0::11", true)]
    [InlineData("Blocked.Example.", "blocked.example", true)]
    [InlineData("blocked.example", "BLOCKED.EXAMPLE.", true)]
    [InlineData("blocked.example", "not.blocked.example", false)]
    public void Dns_answers_are_compared_as_addresses_and_names(string pattern, string answer, bool matches) =>
        Assert.Equal(matches, Prints.InDns(answer, Prints.Of(pattern, PatternType.Full, FingerprintLocation.Dns)).Count == 1);

    [Theory]
    [InlineData(PatternType.Prefix, "10.10.")]
    [InlineData(PatternType.Contains, ".10.34")]
    [InlineData(PatternType.Regexp, "^10\\.10\\.34\\.3[4-6]$")]
    public void Dns_answers_may_have_patterns_of_other_types(PatternType type, string pattern) => Assert.Single(Prints.InDns("10.10.34.35", Prints.Of(pattern, type, FingerprintLocation.Dns)));

    [Fact]
    public void Patterns_in_one_another_are_all_found_each_at_its_first_place() => Assert.Equal(
        ["test.he 2+2", "test.her 2+3", "test.hers 2+4", "test.rs and 4+6", "test.s 1+1", "test.shers and hers 1+14"],
        Prints.InBody("ushers and hers", [.. "he,her,hers,s,shers and hers,rs and,hex".Split(',').Select(pattern => Prints.Of(pattern))]).Order(StringComparer.Ordinal));

    [Fact]
    public void One_pattern_of_two_fingerprints_is_told_for_both()
    {
        var here = Prints.Of("blocked here", countries: "KZ") with { Name = "a" };
        var there = Prints.Of("blocked here", scope: FingerprintScope.Fp) with { Name = "b" };

        Assert.Equal(["b 0+12", "a 0+12"], Prints.InBody("blocked here", here, there));
    }

    [Fact]
    public void Twelve_characters_are_short_and_a_whole_dns_answer_is_not()
    {
        Assert.True(Prints.Of("абвгдежзиклм").IsShort);
        Assert.False(Prints.Of("абвгдежзиклмн").IsShort);
        Assert.False(Prints.Of("10.0.0.1", PatternType.Full, FingerprintLocation.Dns).IsShort);
    }

    [Fact]
    public void What_follows_half_a_mebibyte_is_not_looked_at()
    {
        var body = new string('.', FingerprintSet.MaxBody - 4) + "abcdefgh";

        Assert.Equal(["test.abcd 524284+4"], Prints.InBody(body, Prints.Of("abcd"), Prints.Of("bcde")));
    }

    [Fact]
    public void Damaged_bytes_hide_nothing_and_move_nothing()
    {
        byte[] body = [0xff, 0xfe, (byte)'x', 0xd0, .. "мост 7"u8];

        Assert.Equal(["test.мост 4+8", "test.т [0-9] 10+4"], Prints.InBody(body, Prints.Of("мост"), Prints.Of("т [0-9]", PatternType.Regexp)));
    }

    [Fact]
    public void Matches_are_few_and_those_that_prove_the_contrary_are_kept()
    {
        var many = Enumerable.Range(0, 100).Select(i => Prints.Of($"mark {i:000} of a block page")).ToList();
        var contrary = Prints.Of("z", scope: FingerprintScope.Fp);
        var body = string.Concat(many.Select(fingerprint => fingerprint.Pattern)) + "z";

        var found = Prints.InBody(body, [.. many, contrary]);

        Assert.Equal((FingerprintSet.MaxMatches, "test.z"), (found.Count, found[0].Split(' ')[0]));
    }

    [Fact]
    public void Nothing_is_found_without_fingerprints_or_without_a_page()
    {
        Assert.Empty(FingerprintSet.Empty.MatchPage("blocked"u8, [new("Via", "x")]));
        Assert.Empty(FingerprintSet.Empty.MatchDns(["1.2.3.4"]));
        Assert.Empty(Prints.InBody("", Prints.Of("blocked"), Prints.Of("b"), Prints.Of("b+", PatternType.Regexp)));
    }

    [Fact]
    public void A_match_survives_being_stored()
    {
        var match = Assert.Single(FingerprintSet.Compile([Prints.Of("blocked", scope: FingerprintScope.Nat, countries: ["KZ", "ZZ"])]).MatchPage("is blocked"u8, []));

        var json = JsonSerializer.Serialize(match);
        var read = JsonSerializer.Deserialize<FingerprintMatch>(json)!;

        Assert.Contains("\"Scope\":\"nat\"", json, StringComparison.Ordinal);
        Assert.Equal(match with { Countries = read.Countries }, read);
        Assert.Equal(match.Countries, read.Countries);
    }
}
