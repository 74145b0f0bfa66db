using System.Globalization;
using Monitoring.Blocking.Fingerprints;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Fingerprints;

public sealed class FingerprintFileTests
{
    private const string Good = "t.good,isp,,body,contains,Access denied,5,KZ,,,";

    [Fact]
    public void A_row_is_read_with_all_its_fields()
    {
        var read = Prints.Read($"{Prints.Columns}\n\"t.one\",nat,\"a, b\",header.Server,prefix,\" x\"\"y\n,\",10,\"KZ, ZZ\",somebody,https://example.org/1,\"two\nlines\"\n");

        var one = Assert.Single(read.Good);
        Assert.Equal((true, 0, 0), (read.IsWhole, read.Skipped, read.Problems.Count));
        Assert.Equal(("t.one", FingerprintScope.Nat, "header.server", PatternType.Prefix, " x\"y\n,"), (one.Name, one.Scope, one.Location, one.Type, one.Pattern));
        Assert.Equal((10, "a, b", "somebody", "https://example.org/1", "two\nlines"), (one.Confidence, one.OtherNames, one.Origin, one.ExampleUrl, one.Notes));
        Assert.Equal(["KZ", "ZZ"], one.Countries);
    }

    [Fact]
    public void Columns_are_known_by_name_in_any_order_and_unknown_ones_are_passed_over()
    {
        var read = Prints.Read("\ufeffpattern,new_column,PATTERN_TYPE,location_found,scope,name\r\nblocked,?,full,body,vbw,t.one\r\n\r\nother,?,contains,dns,fp,t.two".TrimStart('\ufeff'));

        Assert.Equal(["t.one", "t.two"], read.Good.Select(fingerprint => fingerprint.Name));
        Assert.Empty(read.Problems);
        Assert.Null(read.Good[0].Confidence);
    }

    [Theory]
    [InlineData(",isp,,body,contains,x,5,KZ,,,", "name: 1 to 200 characters are expected")]
    [InlineData("t,ISP,,body,contains,x,5,KZ,,,", "scope: one of nat, isp, prod, inst, vbw, fp, injb, prov is expected, 'ISP' was found")]
    [InlineData("t,1,,body,contains,x,5,KZ,,,", "scope: one of nat, isp, prod, inst, vbw, fp, injb, prov is expected, '1' was found")]
    [InlineData("t,isp,,title,contains,x,5,KZ,,,", "location_found: body, dns or header. with a header's name is expected, 'title' was found")]
    [InlineData("t,isp,,header.,contains,x,5,KZ,,,", "location_found: body, dns or header. with a header's name is expected, 'header.' was found")]
    [InlineData("t,isp,,header.a b,contains,x,5,KZ,,,", "location_found: body, dns or header. with a header's name is expected, 'header.a b' was found")]
    [InlineData("t,isp,,body,glob,x,5,KZ,,,", "pattern_type: one of contains, prefix, full, regexp is expected, 'glob' was found")]
    [InlineData("t,isp,,body,contains,,5,KZ,,,", "pattern: 1 to 16384 characters are expected, 0 were found")]
    [InlineData("t,isp,,body,contains,a\ufffdb,5,KZ,,,", "pattern: holds characters that no text has (damaged UTF-8 or a zero)")]
    [InlineData("t,isp,,body,contains,a\0b,5,KZ,,,", "pattern: holds characters that no text has (damaged UTF-8 or a zero)")]
    [InlineData("t,isp,,body,contains,x,11,KZ,,,", "confidence_no_fp: a number from 0 to 10 is expected, '11' was found")]
    [InlineData("t,isp,,body,contains,x,high,KZ,,,", "confidence_no_fp: a number from 0 to 10 is expected, 'high' was found")]
    [InlineData("t,isp,,body,contains,x,5,\"KZ,Russia\",,,", "expected_countries: country codes of two capital letters (ISO 3166-1, or ZZ) with commas between them are expected, 'KZ,Russia' was found")]
    [InlineData("t,isp,,body,regexp,a(b,5,KZ,,,", "pattern: is no regular expression: InsufficientClosingParentheses at character 3")]
    [InlineData("t,isp,,body,regexp,(a)\\1,5,KZ,,,", "pattern: a regular expression without backreferences, lookarounds, conditions and atomic groups is expected")]
    [InlineData("t,isp,,body,contains,x", "row: 11 values are expected, 6 were found")]
    [InlineData("t,isp,,body,contains,x,5,KZ,,,,more", "row: 11 values are expected, 12 were found")]
    [InlineData("t,isp,,body,contains,\"x\"y,5,KZ,,,", "row: text stands after a closing quote; quotes inside quotes are doubled")]
    [InlineData("t.good,isp,,body,contains,x,5,KZ,,,", "name: stands in line 2 too; one name for each is expected")]
    public void A_bad_row_is_told_and_skipped_and_the_good_ones_are_kept(string row, string problem)
    {
        var read = Prints.Read($"{Prints.Columns}\n{Good}\n{row}\n{Good.Replace("t.good", "t.next", StringComparison.Ordinal)}\n");

        Assert.Equal([$"prints.csv:3: {problem}"], read.Problems.Select(told => told.ToString()));
        Assert.Equal(["t.good", "t.next"], read.Good.Select(fingerprint => fingerprint.Name));
        Assert.Equal((1, true), (read.Skipped, read.IsWhole));
    }

    [Fact]
    public void Every_wrong_field_of_a_row_is_told_with_the_line_the_row_begins_in()
    {
        var read = Prints.Read($"{Prints.Columns}\nt.one,isp,,body,contains,\"a\n\nb\",5,KZ,,,\nt,x,,y,z,,no,kz,,,\n");

        Assert.All(read.Problems, problem => Assert.Equal(5, problem.Line));
        Assert.Equal(["scope", "location_found", "pattern_type", "pattern", "confidence_no_fp", "expected_countries"], read.Problems.Select(problem => problem.Path));
        Assert.Single(read.Good);
    }

    [Theory]
    [InlineData("", "1: file: is empty")]
    [InlineData("\n\n", "1: file: is empty")]
    [InlineData("name,scope,location_found,pattern\n", "1: pattern_type: a column of this name is expected in the first line")]
    [InlineData("name,scope,location_found,pattern_type,pattern,name\n", "1: name: this column stands here twice")]
    public void A_file_that_is_none_of_fingerprints_is_refused(string text, string problem)
    {
        var read = Prints.Read(text);

        Assert.Equal([$"prints.csv:{problem}"], read.Problems.Select(told => told.ToString()));
        Assert.False(read.IsWhole);
    }

    [Fact]
    public void A_quote_that_is_never_closed_leaves_the_file_unread_from_there()
    {
        var read = Prints.Read($"{Prints.Columns}\n{Good}\nt,isp,,body,contains,\"x,5,KZ,,,\n{Good}\n");

        Assert.Equal("prints.csv:3: row: a quote opens here that is never closed", Assert.Single(read.Problems).ToString());
        Assert.Equal((1, false), (read.Good.Count, read.IsWhole));
    }

    [Fact]
    public void Size_rows_and_problems_have_limits()
    {
        var large = Prints.Read(Prints.Columns + new string('\n', FingerprintFile.MaxCharacters));
        var many = Prints.Read($"{Prints.Columns}\n{string.Concat(Enumerable.Repeat("x\n", FingerprintFile.MaxRows + 1))}");
        var pattern = Prints.Read($"{Prints.Columns}\nt,isp,,body,contains,{new string('x', 16 * 1024 + 1)},5,KZ,,,\n");

        Assert.Equal(("at most 4194304 characters are expected", false), (Assert.Single(large.Problems).Message, large.IsWhole));
        Assert.Equal((FingerprintFile.MaxProblems, FingerprintFile.MaxRows + 1 - FingerprintFile.MaxProblems, false), (many.Problems.Count, many.MoreProblems, many.IsWhole));
        Assert.Equal("1 to 16384 characters are expected, 16385 were found", Assert.Single(pattern.Problems).Message);
    }

    [Fact]
    public void Any_text_is_read_or_told()
    {
        var random = new RandomText(20261123);
        for (var i = 0; i < 300; i++)
        {
            var rows = string.Concat(Enumerable.Range(0, 5).Select(_ => random.Next(60, "\",\n\rtispbodycontainsKZ5(*[{\\|")));
            var read = Prints.Read($"{Prints.Columns}\n{rows}");

            Assert.True(read.Problems.Count > 0 || read.Good.Count > 0 || string.IsNullOrWhiteSpace(rows.Replace("\"", "", StringComparison.Ordinal)), string.Create(CultureInfo.InvariantCulture, $"{random.Seed}, {i}"));
        }
    }
}
