using System.Text.Json;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

public sealed class ReadArticleCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_page_is_told_with_where_it_tells_what()
    {
        await using var web = await LoopbackWeb.StartAsync();
        web.On("/1", ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body(), "<meta property=\"article:published_time\" content=\"2026-11-20T10:00:00+05:00\"><link rel=\"canonical\" href=\"/story/1\">"));

        var told = await RunAsync(web.Url("/1").AbsoluteUri);

        Assert.Equal((0, ""), (told.ExitCode, told.Errors));
        Assert.Contains($"title        {ArticleWorld.Title} (", told.Output, StringComparison.Ordinal);
        Assert.Contains("published    2026-11-20 05:00 UTC (OpenGraph)", told.Output, StringComparison.Ordinal);
        Assert.Contains("author       not told", told.Output, StringComparison.Ordinal);
        Assert.Contains($"own address  {web.Url("/story/1")} (Meta)", told.Output, StringComparison.Ordinal);
        Assert.EndsWith(ArticleWorld.Body() + "\n", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_json_for_programs_also_from_a_file()
    {
        var file = _folder.Write("saved.html", ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body()));

        var told = await RunAsync(file, "--json");

        using var json = JsonDocument.Parse(told.Output);
        Assert.Equal((0, true, ArticleWorld.Body()), (told.ExitCode, json.RootElement.GetProperty("article").GetBoolean(), json.RootElement.GetProperty("text").GetProperty("value").GetString()));
        Assert.Equal("density", json.RootElement.GetProperty("text").GetProperty("by").GetString());
    }

    [Theory]
    [InlineData(404, "<html><body>Not here</body></html>", "No article was found: HTTP 404.")]
    [InlineData(200, "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>", "No article was found: a challenge to prove a browser.")]
    public async Task What_is_no_article_is_named(int status, string html, string message)
    {
        await using var web = await LoopbackWeb.StartAsync();
        web.On("/1", html, status);

        var told = await RunAsync(web.Url("/1").AbsoluteUri);

        Assert.Equal((20, message), (told.ExitCode, told.Output.Trim()));
    }

    private Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.RunAsync(new TestClock(), ["read-article", .. args, "--settings", _folder.Write("settings.json", """{ "Values": {} }""")]);
}
