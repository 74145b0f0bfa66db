using Monitoring.Evidence;
using Monitoring.Fetching;

namespace Monitoring.Tests.Fetching;

public sealed class RelocationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private static readonly Uri Old = new("http://news.kz/rss");
    private static readonly Uri New = new("https://www.news.kz/feed");

    [Fact]
    public void Three_days_of_agreement_make_it_count()
    {
        var seen = Relocation.After(before: null, Old, Visit(Old, New, 0, 301, 308));
        var again = Relocation.After(seen, Old, Visit(Old, New, 2, 301));

        Assert.Equal(new Relocation(Old, New, Now), again);
        Assert.False(again!.Holds(Old, Now.AddDays(3).AddTicks(-1)));
        Assert.True(again.Holds(Old, Now.AddDays(3)));
    }

    [Fact]
    public void Another_aim_begins_anew_and_none_ends_it()
    {
        var seen = Relocation.After(before: null, Old, Visit(Old, New, 0, 301));
        var other = new Uri("https://news.kz/portal");

        Assert.Equal(new Relocation(Old, other, Now.AddDays(2)), Relocation.After(seen, Old, Visit(Old, other, 2, 301)));
        Assert.Null(Relocation.After(seen, Old, Visit(Old, Old, 2)));
        Assert.Null(Relocation.After(seen, Old, Visit(Old, New, 2, 302)));
        Assert.Null(Relocation.After(seen, Old, Visit(Old, New, 2, 301, 307)));
    }

    [Fact]
    public void Read_at_its_new_address_it_stays_there()
    {
        var seen = new Relocation(Old, New, Now);

        Assert.Equal(seen, Relocation.After(seen, Old, Visit(New, New, 5)));
    }

    [Fact]
    public void An_entry_that_was_changed_is_asked_at_its_own_address()
    {
        var changed = new Uri("https://news.kz/changed");
        var seen = new Relocation(Old, New, Now.AddDays(-9));

        Assert.False(seen.Holds(changed, Now));
        Assert.Null(Relocation.After(seen, changed, Visit(changed, changed, 0)));
        Assert.Equal(new Relocation(changed, New, Now), Relocation.After(seen, changed, Visit(changed, New, 0, 301)));
    }

    [Theory]
    [InlineData("http://news.kz/rss", "https://feeds.news.kz/rss", true)]
    [InlineData("http://news.kz/rss", "https://parking.example/rss", false)] // another owner
    [InlineData("https://news.kz/rss", "http://news.kz/rss2", false)] // less safe
    [InlineData("http://a.com.kz/rss", "http://b.com.kz/rss", false)]
    public void Only_what_stays_in_its_domain_and_as_safe_is_followed(string from, string to, bool holds) =>
        Assert.Equal(holds, new Relocation(new Uri(from), new Uri(to), Now.AddDays(-9)).Holds(new Uri(from), Now));

    private static HttpExchange Visit(Uri asked, Uri final, int day, params int[] redirects) => new()
    {
        RequestUrl = asked,
        FinalUrl = final,
        Redirects = [.. redirects.Select(status => new RedirectHop(status, asked))],
        Status = 200,
        RequestHeaders = [],
        ResponseHeaders = [],
        Body = default,
        At = Now.AddDays(day),
        Duration = TimeSpan.Zero,
    };
}
