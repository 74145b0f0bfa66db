using System.Globalization;
using System.Net;

namespace Monitoring.App.Demo;

/// <summary>The demo's watched sites: their names, how they are reached, and what their pages say.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="IsEncrypted">https, or plain http.</param>
/// <param name="Outlet">The outlet it belongs to, if that is on the list.</param>
internal sealed record DemoSite(string Host, string Name, bool IsEncrypted, string? Outlet = null)
{
    /// <summary>Nobody can reach it until the demo opens it.</summary>
    public const string DownHost = "tau.test";

    public const string CanaryHost = "canary.test";

    public const string BlockPageHost = "block.isp.test";

    public static IReadOnlyList<DemoSite> All { get; } =
    [
        new("zhel.test", "Жел", IsEncrypted: true),
        new("tolqyn.test", "Дала толқыны", IsEncrypted: true, "Дала толқыны"),
        new("ajar.test", "Ажар", IsEncrypted: false),
        new("bulak.test", "Булак", IsEncrypted: false),
        new("karavan-news.test", "Караван новостей", IsEncrypted: true),
        new("samal.test", "Самал", IsEncrypted: true),
        new(DownHost, "Тау", IsEncrypted: true),
        new("stepnoy-vestnik.test", "Степной вестник", IsEncrypted: true, "Степной вестник"),
        new("qum-press.test", "Qum Press", IsEncrypted: true, "Qum Press"),
        new("qala.test", "Қала", IsEncrypted: false),
        new("жаңалық.test", "Жаңалық", IsEncrypted: true),
    ];

    /// <summary>A page long and particular enough that no block page resembles it.</summary>
    public static Task WritePageAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        var site = All.FirstOrDefault(site => new IdnMapping().GetAscii(site.Host) == host);
        var name = site?.Name ?? (host == BlockPageHost ? "Доступ ограничен" : host);
        var paragraphs = host == BlockPageHost ? "" : string.Concat(Enumerable.Range(1, 20).Select(i => $"<p>{WebUtility.HtmlEncode(name)}: новость {i}. Сегодня в городе и области, коротко и по делу.</p>"));
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(name)} — новости дня</title></head><body>{paragraphs}</body></html>", context.RequestAborted);
    }
}
