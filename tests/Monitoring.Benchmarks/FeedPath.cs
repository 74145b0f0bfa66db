using System.Globalization;
using Monitoring.Feeds;

namespace Monitoring.Benchmarks;

/// <summary>The values of a feed under the names that the suites use: <c>entries.0.title</c>.</summary>
internal static class FeedPath
{
    public static IEnumerable<string?> Values(FeedDocument feed, string path)
    {
        var parts = path.Split('.');
        if (parts[0] == "feed")
        {
            return OfFeed(feed, parts[1..]);
        }

        var number = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return number < feed.Items.Count ? OfItem(feed.Items[number], parts[2..]) : [];
    }

    private static IEnumerable<string?> OfFeed(FeedDocument feed, string[] path) => path[0] switch
    {
        "title" => [feed.Title],
        "description" => Texts(feed.Description, otherwise: ""),
        "link" => Links(feed.Link),
        "id" => [feed.Id],
        "language" => [feed.Language],
        "published" => [FeedScore.Stamp(feed.Published)],
        "updated" => [FeedScore.Stamp(feed.Updated)],
        "rights" => Texts(feed.Rights),
        "generator" => [feed.Generator],
        "image" => Links(feed.Image),
        "categories" => [feed.Categories.ElementAtOrDefault(Number(path))],
        "links" => OfLink(feed.Links.ElementAtOrDefault(Number(path)), path[2]),
        _ => OfPeople(feed.Authors, path[0]),
    };

    private static IEnumerable<string?> OfItem(FeedItem item, string[] path) => path[0] switch
    {
        "title" => [item.Title],
        "summary" => Texts(item.Summary),
        "content" => Texts(item.Content),
        "link" => Links(item.Link),
        "id" => [item.Id],
        "published" => [FeedScore.Stamp(item.Published)],
        "updated" => [FeedScore.Stamp(item.Updated)],
        "rights" => Texts(item.Rights),
        "comments" => Links(item.Comments),
        "source" => [item.SourceTitle],
        "categories" => [item.Categories.ElementAtOrDefault(Number(path))],
        "enclosures" when path[2] == "type" => [item.Enclosures.ElementAtOrDefault(Number(path))?.Type],
        "enclosures" => Links(item.Enclosures.ElementAtOrDefault(Number(path))?.Url),
        "links" => OfLink(item.Links.ElementAtOrDefault(Number(path)), path[2]),
        _ => OfPeople(item.Authors, path[0]),
    };

    private static IEnumerable<string?> OfPeople(IReadOnlyList<FeedPerson> people, string name)
    {
        var person = people.Count > 0 ? people[0] : null;
        return name switch
        {
            "author" => [person?.Name, person is null ? null : $"{person.Name} ({person.Email})", person is null ? null : $"{person.Email} ({person.Name})"],
            "author_name" => [person?.Name],
            "author_email" => [person?.Email],
            "author_url" => Links(person?.Url),
            _ => [],
        };
    }

    private static IEnumerable<string?> OfLink(FeedLink? link, string name) => name switch
    {
        "href" => Links(link?.Url),
        "rel" => [link?.Relation],
        "type" => [link?.Type],
        _ => [link?.Title],
    };

    private static string?[] Links(Uri? url) => [url?.OriginalString, url?.AbsoluteUri];

    private static string?[] Texts(FeedText? text, string? otherwise = null) => [text?.Value ?? otherwise, text?.Plain];

    private static int Number(string[] path) => int.Parse(path[1], CultureInfo.InvariantCulture);
}
