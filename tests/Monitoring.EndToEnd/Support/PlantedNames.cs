using Monitoring.App.Demo;

namespace Monitoring.EndToEnd.Support;

/// <summary>Every name, host, title and address of the demo's world: none of them may be printed or logged.</summary>
internal static class PlantedNames
{
    public static IReadOnlyList<string> All { get; } = Read();

    private static List<string> Read()
    {
        var articles = DemoArticle.ReadAll();
        return [
            .. articles.Select(article => article.Title)
                .Concat(articles.SelectMany(article => article.Flag))
                .Except(["Detention", "Search", "Attack", "Trial", "Blocking"])
                .Concat(DemoSite.All.SelectMany(site => new[] { site.Host, site.Name }))
                .Concat(DemoPress.Sources.Keys.Where(key => key != DemoPress.Page).Select(key => key + ".test"))
                .Concat(DemoPress.Sources.Values)
                .Concat(DemoList.Recipients.Select(recipient => recipient.Name)),
            "@demo.invalid",
            ".test",
        ];
    }
}
