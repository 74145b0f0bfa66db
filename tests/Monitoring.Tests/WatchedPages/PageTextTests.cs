using System.Text;
using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Tests.Support;
using Monitoring.WatchedPages;
using Monitoring.Watchlist;

namespace Monitoring.Tests.WatchedPages;

public sealed class PageTextTests
{
    private const string First = "Под стражей остаются трое журналистов. Суд назначен на осень. Список ведёт союз журналистов.";
    private const string Second = First + " Мирас Кыранбеков переведён в колонию.";

    private readonly PageSource _source = new() { Id = "page-1", Name = "Список", Url = new Uri("https://site.kz/list"), Watch = PageWatch.Text };
    private DateTimeOffset _now = new(2026, 9, 19, 8, 0, 0, TimeSpan.Zero);
    private string? _memory;

    [Fact]
    public void The_first_text_is_an_item_when_it_came_twice()
    {
        Assert.Empty(Visit(First).Items);

        var item = Visit(First).Items.Single();
        Assert.Equal(("Список арестованных", First.Replace(". ", ".\n", StringComparison.Ordinal), _source.Url, null), (item.Title, item.Text, item.Link, item.Published));
    }

    [Fact]
    public void A_change_is_an_item_when_it_came_twice()
    {
        Know(First);

        var once = Visit(Second);
        Assert.Equal((0, "another text, waits for a second fetch that gives it"), (once.Items.Count, once.WaitsFor));

        var item = Visit(Second).Items.Single();
        Assert.Equal(("Changed: Список арестованных", "Мирас Кыранбеков переведён в колонию."), (item.Title, item.Text));
        Assert.Empty(Visit(Second).Items);
    }

    [Fact]
    public void What_was_removed_is_marked()
    {
        Know(Second);
        Visit(First + " Он болен.");

        Assert.Equal("Он болен.\nRemoved:\n− Мирас Кыранбеков переведён в колонию.", Visit(First + " Он болен.").Items.Single().Text);
    }

    [Fact]
    public void A_text_that_came_once_between_others_never_counts()
    {
        Know(First);

        Assert.Empty(Visit(Second).Items);
        Assert.Empty(Visit(First).Items);
        Assert.Empty(Visit(Second).Items);
        Assert.Empty(Visit(First + " Иное.").Items);
    }

    [Theory]
    [InlineData("Просмотров: 1 532.", "Просмотров: 1 540.")]
    [InlineData("Обновлено 19 сентября 2026 года, 12:00.", "Обновлено 1 октября 2026 года, 9:15.")]
    [InlineData("Первое дело. Второе дело.", "Второе дело. Первое дело.")]
    public void Numbers_dates_and_order_do_not_count(string before, string after)
    {
        Know($"{First} {before}");

        Assert.Null(Visit($"{First} {after}").WaitsFor);
        Assert.Empty(Visit($"{First} {after}").Items);
    }

    /// <summary>Two hundred visits of one text with other advertisements, clocks, counters and lists of other articles around it.</summary>
    [Fact]
    public void What_changes_around_a_text_is_no_change_of_it()
    {
        var random = new RandomText(20261122);
        string[] words = ["скидка", "новости спорта", "погода", "курс", "форум", "выставка", "концерт"];
        for (var i = 0; i < 200; i++)
        {
            string Around(int count) => string.Join(", ", Enumerable.Range(0, count).Select(_ => random.Of(words)));
            var reading = Assert.IsType<SourceReading.Document>(Read(
                $"""
                <div class="top">{random.Number(24)}:{random.Number(6)}0, {1 + random.Number(28)} октября 2026</div><div class="banner">{Around(12)}.</div>
                <main><h1>Список арестованных</h1><span class="views">{random.Number(9000)} просмотров</span><p>{First}</p><div class="ad-block">{Around(9)}.</div>
                <p>Обновлено в {random.Number(24)}:15. Подписей: {random.Number(1000)} {random.Number(1000)}.</p></main>
                <div class="related-news"><p>{Around(15)}, {Around(15)}.</p></div><ul><li><a href="/{i}">{Around(5)}</a></li></ul><div id="comments">{Around(random.Number(30))}</div>
                """,
                _source));

            Assert.True(i == 0 || (reading.Items.Count, reading.WaitsFor) == (i == 1 ? 1 : 0, null), $"seed {random.Seed}, round {i}: {reading.WaitsFor}");
            _memory = reading.Memory;
        }
    }

    [Fact]
    public void Much_less_text_counts_after_three_days_of_it()
    {
        Know(First);
        const string Short = "Список ведёт союз журналистов.";

        Assert.Equal("much less text than before, waits", Visit(Short).WaitsFor);
        _now += TimeSpan.FromDays(2);
        Assert.Empty(Visit(Short).Items);
        _now += TimeSpan.FromDays(1);
        Assert.StartsWith("Removed:\n− Под стражей", Visit(Short).Items.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_change_is_the_same_item()
    {
        Know(First);
        Visit(Second);
        var before = _memory;

        var first = Visit(Second).Items.Single();
        _memory = before;

        Assert.Equal(ItemKey.Of("page-1", first), ItemKey.Of("page-1", Visit(Second).Items.Single()));
    }

    [Fact]
    public void Of_a_long_text_the_beginning_is_compared_and_this_is_said()
    {
        var text = string.Concat(Enumerable.Range(0, 3000).Select(number => $"Дело номер {number} рассмотрено. "));
        Visit(text);

        var reading = Visit(text);

        Assert.Equal(["only the first 30,000 characters are compared"], reading.Repairs);
        Assert.InRange(reading.Memory!.Length, 29_000, 30_200);
    }

    [Theory]
    [InlineData(null, "a page without text")]
    [InlineData("#list", "a page without the selected part")]
    public void A_page_without_its_text_is_unreadable(string? selector, string what) =>
        Assert.Equal(new SourceReading.Unreadable(what), Read("<nav><a href='/'>Главная</a></nav>", _source with { Select = selector }));

    private void Know(string text)
    {
        Visit(text);
        Visit(text);
    }

    private SourceReading.Document Visit(string text)
    {
        var reading = Assert.IsType<SourceReading.Document>(Read($"<nav>Меню</nav><main><h1>Список арестованных</h1><p>{text}</p></main>", _source));
        _memory = reading.Memory;
        return reading;
    }

    private SourceReading Read(string html, PageSource source) =>
        new PageReader(FeedDate.Read).Read(source, Encoding.UTF8.GetBytes(html), source.Url, contentType: null, new SourceMemory(_memory, _now));
}
