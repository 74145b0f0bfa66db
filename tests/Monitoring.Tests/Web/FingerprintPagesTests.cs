using System.Net;
using System.Text.RegularExpressions;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Web;

public sealed partial class FingerprintPagesTests : IAsyncLifetime
{
    private const string Words = "Access to this resource is restricted";

    private SmallWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await SmallWorld.StartAsync();
        await _world.LiveAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_captured_page_said_to_be_a_block_page_is_known_from_then_on_and_can_be_taken_back()
    {
        var (page, subject, id) = await BlockPageAsync();
        Assert.Contains("&lt;h1&gt;" + Words, await _world.PageAsync(page), StringComparison.Ordinal);

        using var added = await _world.PostAsync(page, "/fingerprints/add", ("subject", subject), ("id", id), ("pattern", Words), ("country", "kz"));
        var list = await _world.PageAsync(added.Headers.Location!.OriginalString);

        Assert.Contains("Added.", list, StringComparison.Ordinal);
        Assert.Contains($"<code>{Words}</code>", list, StringComparison.Ordinal);
        _world.Clock.Advance(TimeSpan.FromMinutes(16));
        await _world.Station.CycleAsync();
        Assert.Contains("a known mark of blocking", await _world.PageAsync("/availability/site-1"), StringComparison.Ordinal);

        using var again = await _world.PostAsync(page, "/fingerprints/add", ("subject", subject), ("id", id), ("pattern", Words), ("country", "KZ"));
        Assert.Contains("This is known already.", await _world.PageAsync(again.Headers.Location!.OriginalString), StringComparison.Ordinal);

        using var removed = await _world.PostAsync("/fingerprints", "/fingerprints/remove", ("name", NameValue().Match(list).Groups[1].Value));
        Assert.DoesNotContain(Words, await _world.PageAsync(removed.Headers.Location!.OriginalString), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("words that do not stand there", "KZ", "do not stand in the page&#x27;s source")]
    [InlineData(" ", "KZ", "1 to 500 characters")]
    [InlineData(Words, "Kazakhstan", "A country code of two letters")]
    public async Task What_is_wrong_is_said_and_what_was_typed_stays(string pattern, string country, string answer)
    {
        var (page, subject, id) = await BlockPageAsync();

        using var refused = await _world.PostAsync(page, "/fingerprints/add", ("subject", subject), ("id", id), ("pattern", pattern), ("country", country));
        var form = await _world.PageAsync(refused.Headers.Location!.OriginalString);

        Assert.Contains(answer, form, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlDecode($"value=\"{pattern.Trim()}\""), WebUtility.HtmlDecode(form), StringComparison.Ordinal);
        Assert.Contains("None so far", await _world.PageAsync("/fingerprints"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/evidence/captures/site-1/nothing/block-page")]
    [InlineData("/evidence/captures/..%2f/nothing/block-page")]
    public async Task What_was_not_captured_is_a_404(string path)
    {
        using var answer = await _world.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Its_forms_need_their_token()
    {
        using var form = new FormUrlEncodedContent([new("subject", "site-1"), new("id", "x"), new("name", "x")]);

        using var add = await _world.Client.PostAsync("/fingerprints/add", form);
        using var remove = await _world.Client.PostAsync("/fingerprints/remove", form);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (add.StatusCode, remove.StatusCode));
    }

    /// <summary>The page of the capture that the proxy put in the site's place.</summary>
    private async Task<(string Page, string Subject, string Id)> BlockPageAsync()
    {
        var site = await _world.PageAsync("/availability/site-1");
        foreach (Match link in Link().Matches(site))
        {
            if ((await _world.PageAsync(link.Value)).Contains(Words, StringComparison.Ordinal))
            {
                return (link.Value, link.Groups[1].Value, link.Groups[2].Value);
            }
        }

        throw new InvalidOperationException("No capture is of a block page.");
    }

    [GeneratedRegex("/evidence/captures/([^/\"]+)/([^/\"]+)/block-page")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"name\" value=\"([^\"]+)\"")]
    private static partial Regex NameValue();
}
