namespace Monitoring.Blocking.Analysis;

/// <summary>What pages say of themselves: refusals of a site or its CDN (<c>refused_by_site.&lt;kind&gt;</c>) and parked domains. From <c>page-marks.csv</c>.</summary>
internal static class PageMarks
{
    public const string Challenge = "challenge";
    public const string Geo = "geo";
    public const string Rate = "rate";
    public const string Forbidden = "forbidden";
    private const string Parked = "parked";

    private static readonly List<(string Kind, string Where, string Part)> Marks =
        [.. DataFile.Rows(typeof(PageMarks), "page-marks.csv", '|').Select(row => (row[0], row[1], row[2]))];

    /// <summary>The kind of refusal a page states by its title, a header or its status; null if it states none.</summary>
    public static string? RefusalOf(HttpObservation page) => Find(page, kind => kind is not Parked) ?? page.Status switch
    {
        429 => Rate,
        451 => Geo,
        403 or 503 => Forbidden,
        _ => null,
    };

    /// <summary>A refusal that stands in the page's own words.</summary>
    public static string? StatedRefusalOf(HttpObservation page) => Find(page, kind => kind is not Parked);

    /// <summary>A registrar's or a dealer's page instead of the site.</summary>
    public static bool IsParked(HttpObservation page) => Find(page, kind => kind is Parked) is not null;

    private static string? Find(HttpObservation page, Predicate<string> wanted) =>
        Marks.Find(mark => wanted(mark.Kind) && (mark.Where == "title" ? page.Title : page.Header(mark.Where)) is { } text && text.Contains(mark.Part, StringComparison.OrdinalIgnoreCase)).Kind;
}
