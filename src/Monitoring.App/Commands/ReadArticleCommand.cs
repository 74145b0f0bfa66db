using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Fetching;
using Monitoring.WatchedPages;

namespace Monitoring.App.Commands;

/// <summary><c>read-article</c>: what is seen of an article's page, from a file or from the network. Stores nothing.</summary>
internal static class ReadArticleCommand
{
    public static Command Create(CommandContext context)
    {
        var where = new Argument<string>("url-or-file") { Description = "An address, or the path of a file." };
        var command = new Command("read-article", "Read the page of one article and show its text, with title, date and author, and where the page tells them.") { where, CommonOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (article, what) = await ReadAsync(context, parsed.LoadSettings(), parsed.GetRequiredValue(where), cancellationToken);
            return Show(context.Screen, article, what, parsed.GetValue(CommonOptions.Json));
        });
        return command;
    }

    /// <returns>The article, or what came instead.</returns>
    private static async Task<(Article? Article, string What)> ReadAsync(CommandContext context, Settings settings, string where, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddMonitoring(settings, context.World).AddLogging().BuildServiceProvider();
        var extraction = services.GetRequiredService<ArticleExtraction>();
        if (File.Exists(where))
        {
            var html = TextDecoding.Decode(await File.ReadAllBytesAsync(where, cancellationToken), contentType: null, host: "").Text;
            return (Readable(extraction.Read(html, new Uri("file:///"))), "a page without text");
        }

        var url = WebAddress.Need(where);
        var fetched = await services.GetRequiredService<Fetcher>().FetchAsync(new FetchRequest(url, PageReader.AcceptHtml, Validators: null), cancellationToken);
        return ArticleAnswer.Of(fetched, url) switch
        {
            ArticleAnswer.Page page => (Readable(extraction.Read(page.Html, page.Exchange.FinalUrl)), "a page without text"),
            ArticleAnswer.Missing missing => (null, missing.What),
            ArticleAnswer.Other other => (null, other.Why),
            _ => (null, "nothing"),
        };
    }

    private static Article? Readable(Article? article) => article?.Text is null ? null : article;

    private static int Show(Screen screen, Article? article, string what, bool json)
    {
        if (article is null)
        {
            if (json)
            {
                screen.WriteJson(new { article = false, what });
            }
            else
            {
                screen.Line($"No article was found: {what}.");
            }

            return ExitCode.AnswerIsNo;
        }

        if (json)
        {
            screen.WriteJson(new { article = true, article.Title, article.Published, article.Author, article.Language, article.Canonical, article.Text });
            return ExitCode.Success;
        }

        Line("title", article.Title, title => title);
        Line("published", article.Published, date => date.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        Line("author", article.Author, author => author);
        Line("language", article.Language, language => language);
        Line("own address", article.Canonical, canonical => canonical.AbsoluteUri);
        Line("text", article.Text, text => string.Create(CultureInfo.InvariantCulture, $"{text.Length} characters"));
        screen.Line("");
        screen.Line(article.Text!.Value);
        return ExitCode.Success;

        void Line<T>(string name, Told<T>? told, Func<T, string> say) =>
            screen.Line($"{name,-12} {(told is null ? "not told" : $"{say(told.Value)} ({told.By})")}");
    }
}
