using Monitoring.WatchedPages;

namespace Monitoring.Tests.WatchedPages;

public sealed class ArticleDateTests
{
    [Theory]
    [InlineData("19 сентября 2026 года", "2026-09-19")]
    [InlineData("Пятница, 04 Июл 2025, 12:00", "2025-07-04T12:00")]
    [InlineData("Опубликовано 1 мая 2026 г. в 9:05", "2026-05-01T09:05")]
    [InlineData("2026 жылғы 19 қыркүйек", "2026-09-19")]
    [InlineData("19 қыркүйек 2026 жыл, сағат 14:05", "2026-09-19T14:05")]
    [InlineData("2026 ж. 3 шілде", "2026-07-03")]
    [InlineData("8 naýryz 2026", "2026-03-08")]
    [InlineData("19.09.2026 | 12:00", "2026-09-19T12:00")]
    [InlineData("12:00, 19.09.2026", "2026-09-19T12:00")]
    [InlineData("2026-09-19 23:59", "2026-09-19T23:59")]
    [InlineData("September 19, 2026", "2026-09-19")]
    [InlineData("19th Sept. 2026 at 7:00", "2026-09-19T07:00")]
    public void Dates_written_for_people_are_found(string line, string expected) => Assert.Equal(expected, ArticleDate.Find(line));

    [Theory]
    [InlineData("")]
    [InlineData("Вчера в 12:00")]
    [InlineData("31 сентября 2026")] // no such day
    [InlineData("19 человек 2026")]
    [InlineData("тел. 8.777.2026")]
    [InlineData("19.13.2026")]
    [InlineData("1 мая 0001 года")]
    [InlineData("99999999999999999999")]
    public void Other_lines_hold_none(string line) => Assert.Null(ArticleDate.Find(line));
}
