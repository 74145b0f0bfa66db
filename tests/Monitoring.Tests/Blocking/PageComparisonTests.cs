using Monitoring.Blocking.Analysis;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking;

public sealed class PageComparisonTests
{
    [Theory]
    [InlineData(200, 200, true)]
    [InlineData(403, 200, false)]
    [InlineData(200, 206, false)]
    [InlineData(403, 403, null)] // the control's own refusal says nothing, even if it is shared
    [InlineData(200, 301, null)]
    [InlineData(200, 503, null)]
    public void Status_is_compared_with_a_good_one_only(int mine, int control, bool? expected) =>
        Assert.Equal(expected, PageComparison.Of(Some.Page(mine), Some.Page(control)).Status);

    [Theory]
    [InlineData(20_000, 20_000, true)]
    [InlineData(7_001, 10_000, true)]
    [InlineData(10_000, 7_001, true)] // which of the two is shorter does not matter
    [InlineData(7_000, 10_000, false)] // exactly 70 % is not more than 70 %
    [InlineData(300, 20_000, false)]
    [InlineData(0, 20_000, null)]
    [InlineData(20_000, 0, null)]
    [InlineData(0, 0, null)]
    public void Length_is_the_same_above_seventy_percent(int mine, int control, bool? expected) =>
        Assert.Equal(expected, PageComparison.Of(Some.Page(length: mine), Some.Page(length: control)).Length);

    [Theory]
    [InlineData(true, true, true)] // both longer than what is read
    [InlineData(true, false, null)]
    [InlineData(false, true, null)]
    public void Length_of_a_cut_body_is_known_only_to_be_great(bool mine, bool control, bool? expected)
    {
        var comparison = PageComparison.Of(Some.Page(length: 524_288) with { IsTruncated = mine }, Some.Page(length: 524_288) with { IsTruncated = control });

        Assert.Equal(expected, comparison.Length);
    }

    [Theory]
    [InlineData("X-Drupal-Cache: HIT", "X-Drupal-Cache: MISS", true)] // the name counts, not the value
    [InlineData("x-drupal-cache: HIT", "X-DRUPAL-CACHE: HIT", true)]
    [InlineData("X-Drupal-Cache: HIT", "X-Generator: HIT", false)]
    [InlineData("CF-Ray: 1", "CF-Ray: 2", false)] // common to all sites of one CDN
    [InlineData("Content-Length: 5", "Content-Length: 5", false)] // common to all, though OONI's list has it not
    [InlineData("Alt-Svc: h3", "Alt-Svc: h3", false)]
    [InlineData("Transfer-Encoding: chunked", "Transfer-Encoding: chunked", false)]
    public void Headers_agree_if_an_uncommon_name_is_shared(string mine, string control, bool expected) =>
        Assert.Equal(expected, PageComparison.Of(Some.Page(headers: mine), Some.Page(headers: control)).Headers);

    [Theory]
    [InlineData("Новости города", "Новости города", true)]
    [InlineData("НОВОСТИ ГОРОДА", "новости города", true)]
    [InlineData("Жаңалықтар — Қала", "жаңалықтар - қала", true)] // a dash is no word
    [InlineData("Новости  города", "города Новости", true)] // order and blanks do not count
    [InlineData("Дом", "Мир", false)] // three letters of two bytes each are a long word
    [InlineData("News of the day", "Paper of the day", false)] // "Paper" is long enough, "News" is not
    [InlineData("Доступ ограничен", "Новости города", false)]
    [InlineData("Новости города", "Новости", false)]
    [InlineData("Новости", null, false)]
    [InlineData(null, null, null)]
    [InlineData("", "", null)]
    [InlineData("RU", "KZ", null)] // nothing long enough to compare
    [InlineData("RU", null, null)]
    public void Titles_agree_if_all_their_long_words_do(string? mine, string? control, bool? expected) =>
        Assert.Equal(expected, PageComparison.Of(Some.Page(title: mine), Some.Page(title: control)).Title);

    [Theory]
    [InlineData(true, true, false, false, null, true)]
    [InlineData(true, false, true, false, null, true)]
    [InlineData(true, false, false, true, null, true)]
    [InlineData(true, false, false, false, true, true)] // the same template in another language
    [InlineData(true, false, true, false, false, false)] // who stands before the site sends its headers too
    [InlineData(true, true, false, false, false, true)]
    [InlineData(true, false, false, false, null, false)]
    [InlineData(true, null, false, null, null, false)] // two empty pages without title prove nothing
    [InlineData(false, true, true, true, true, false)] // another status is another page
    [InlineData(null, true, false, false, null, true)]
    public void A_page_is_the_same_if_the_status_is_not_another_and_one_sign_agrees(bool? status, bool? length, bool headers, bool? title, bool? structure, bool expected) =>
        Assert.Equal(expected, new PageComparison(status, length, headers, title, structure).IsSame);
}
