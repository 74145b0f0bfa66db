using Monitoring.Watchlist;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Monitoring.App.Demo;

/// <summary>One article of the demo's press, and what the program must make of it (<c>articles.yaml</c>).</summary>
internal sealed class DemoArticle
{
    public string Feed { get; set; } = "";

    /// <summary>Published so many hours before the demo starts, in the demo's own, faster time; null: the feed gives no date.</summary>
    public double? Hours { get; set; }

    /// <summary>Appears after the first visit.</summary>
    public bool Live { get; set; }

    public string Title { get; set; } = "";

    public string Text { get; set; } = "";

    /// <summary>Names of the persons, outlets and topics that must be found; empty: no flag.</summary>
    public List<string> Flag { get; set; } = [];

    /// <summary>The code of the kind of act that decides; null: none does.</summary>
    public string? Act { get; set; }

    public Severity Severity { get; set; }

    /// <summary>Must be mailed at once to those who want that.</summary>
    public bool Mail { get; set; }

    /// <summary>Its place in the file, from 1: how the demo's output speaks of it.</summary>
    [YamlIgnore]
    public int Number { get; set; }

    public static IReadOnlyList<DemoArticle> ReadAll()
    {
        using var stream = typeof(DemoArticle).Assembly.GetManifestResourceStream(typeof(DemoArticle), "articles.yaml")!;
        using var reader = new StreamReader(stream);
        var articles = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<List<DemoArticle>>(reader);
        foreach (var (article, index) in articles.Select((article, index) => (article, index)))
        {
            article.Number = index + 1;
        }

        return articles;
    }
}
