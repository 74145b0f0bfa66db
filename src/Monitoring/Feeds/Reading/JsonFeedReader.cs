using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Monitoring.Items;

namespace Monitoring.Feeds.Reading;

/// <summary>Reads JSON Feed 1.0 and 1.1 (jsonfeed.org). Wrong types of single fields count as absent.</summary>
internal static partial class JsonFeedReader
{
    public static FeedReading Read(string text, Uri url)
    {
        try
        {
            var repairs = new List<string>();
            using var json = JsonDocument.Parse(WithoutHalves(text.Trim('\ufeff'), repairs), new JsonDocumentOptions { MaxDepth = 64 });
            var root = json.RootElement;
            if (!root.TryGetProperty("items", out var items) || items.ValueKind is not JsonValueKind.Array)
            {
                return new FeedReading.NotAFeed("JSON that is no feed");
            }

            var home = WebLink.Resolve(url, Text(root, "home_page_url"));
            var read = items.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.Object).Take(FeedReader.MaxItems).Select(item => Item(item, home ?? url)).ToList();
            return new FeedReading.Read(new FeedDocument(FeedFormat.Json, Text(root, "title") ?? "", home, Text(root, "language"), TimeToLive: null, read, repairs));
        }
        catch (JsonException broken)
        {
            return new FeedReading.NotAFeed($"JSON that breaks at line {broken.LineNumber + 1}");
        }
    }

    private static FeedItem Item(JsonElement item, Uri baseUrl) => new()
    {
        Id = Text(item, "id"),
        Link = WebLink.Resolve(baseUrl, Text(item, "url") ?? Text(item, "external_url")),
        Title = PlainText.OfHtml(Text(item, "title") ?? "").Replace('\n', ' '),
        Summary = Text(item, "summary"),
        Content = Text(item, "content_html") ?? Text(item, "content_text"),
        Authors = [.. Authors(item)],
        Published = FeedDate.Read(Text(item, "date_published")),
        Updated = FeedDate.Read(Text(item, "date_modified")),
    };

    private static IEnumerable<string> Authors(JsonElement item)
    {
        var authors = item.TryGetProperty("authors", out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().ToList() : [];
        if (item.TryGetProperty("author", out var single))
        {
            authors.Add(single);
        }

        return authors.Where(author => author.ValueKind is JsonValueKind.Object).Select(author => Text(author, "name")).OfType<string>();
    }

    /// <summary>Titles that were cut in the middle of an emoji end in half a surrogate pair, which .NET refuses to read.</summary>
    private static string WithoutHalves(string text, List<string> repairs)
    {
        var halves = 0;
        var repaired = Escape().Replace(text, escape =>
        {
            var isHalf = escape.Groups["half"].Success;
            halves += isHalf ? 1 : 0;
            return isHalf ? @"\ufffd" : escape.Value;
        });
        if (halves == 0)
        {
            return text;
        }

        repairs.Add(string.Create(CultureInfo.InvariantCulture, $"{halves} half characters were replaced"));
        return repaired;
    }

    /// <summary>Ids are numbers in some feeds.</summary>
    private static string? Text(JsonElement item, string name) =>
        !item.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    /// <summary>Every escape of a JSON text, pairs of surrogates as one.</summary>
    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();
}
