using Monitoring.Items;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Items;

/// <summary>What puts a flag before others, part by part.</summary>
public sealed class ReviewPriorityTests
{
    private static readonly CompiledList Compiled = new(new WatchlistSnapshot("1",
    [
        new Person { Id = "miras", Name = "Мирас Кыранбеков" },
        new Outlet { Id = "voice", Name = "Жаңа Дауыс" },
        new Topic { Id = "court", Name = "Court", Keywords = ["процесс"], Severity = Severity.High },
    ]));

    [Theory]
    [InlineData("Мирас Кыранбеков арестован.", "severity 400 urgent 50 person 40 together 20 certain 10 done 10")]
    [InlineData("Мирас Кыранбеков дал интервью.", "severity 200 person 40 certain 10")]
    [InlineData("Мирас Кыранбеков дал интервью. Начался процесс.", "severity 200 person 40 certain 10 query 10")]
    [InlineData("Начался процесс.", "severity 200 query 10")]
    [InlineData("Журналист арестован.", "severity 300 urgent 50 done 10")]
    public void Parts(string text, string expected) => Assert.Equal(expected, Tell(text, isOld: false, isGone: false));

    [Fact]
    public void What_is_old_waits_behind_and_what_was_taken_away_before() =>
        Assert.Equal("severity 200 person 40 certain 10 gone 15 old -60", Tell("Мирас Кыранбеков дал интервью.", isOld: true, isGone: true));

    [Fact]
    public void The_sum_stays_within_its_limits()
    {
        Assert.Equal(PriorityPart.Highest, PriorityPart.Sum([new PriorityPart(Reason.Of("x"), 5000)]));
        Assert.Equal(0, PriorityPart.Sum([new PriorityPart(Reason.Of("x"), -5)]));
    }

    private static string Tell(string text, bool isOld, bool isGone)
    {
        var found = Compiled.Find(text);
        var assessed = Assessment.Assess(text, found, ownOutletId: null, Compiled.SeverityOf)!;
        return string.Join(' ', ReviewPriority.Of(assessed, found, ownOutletId: null, isOld, isGone).Select(part => $"{part.Why.Text["reason.priority.".Length..]} {part.Points}"));
    }
}
