using System.Text.RegularExpressions;
using Monitoring.Names;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Names;

/// <summary>
/// <c>hard-cases.csv</c>: what readers would call a mention of the listed persons and what they would not. Candidates are not mentions.
/// <c>open-cases.csv</c> beside it holds those that the engine does not yet know; nothing runs them.
/// </summary>
public sealed class HardCasesTests
{
    public static TheoryData<int, string, string, string> Cases()
    {
        var cases = new TheoryData<int, string, string, string>();
        foreach (var (number, line) in File.ReadLines(Repository.Path("tests", "Monitoring.Tests", "Names", "hard-cases.csv")).Index().Where(pair => pair.Item is not ['#', ..]))
        {
            if (line.Split(';') is not [var listed, var text, var expected])
            {
                throw new FormatException($"hard-cases.csv, line {number + 1}: expected three fields, listed;text;expected");
            }

            cases.Add(number + 1, listed, text, expected);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Hard_cases_are_read_as_people_read_them(int line, string listed, string text, string expected)
    {
        var names = listed.Split(" / ");
        var matcher = NameMatcher.Compile(names.Select((name, i) => new Person { Id = (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), Name = name }), []);

        var got = string.Join(" + ", matcher.Find(Regex.Unescape(text)).Where(mention => mention.Band > Band.Candidate)
            .Select(mention => $"{(mention.Band is Band.Certain ? "certain" : "probable")}{(names.Length > 1 ? "#" + mention.SubjectId : "")} {mention.Surface}"));

        Assert.True(Regex.Unescape(expected) == (got.Length > 0 ? got : "none"), $"line {line}: «{text}» expected «{expected}», got «{(got.Length > 0 ? got : "none")}»");
    }
}
