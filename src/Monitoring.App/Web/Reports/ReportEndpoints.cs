using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Monitoring.Alerts;
using Monitoring.Availability;
using Monitoring.Availability.Reports;
using Monitoring.Watchlist;

namespace Monitoring.App.Web.Reports;

/// <summary>Availability for other programs: the report as CSV and JSON, a site's episodes as a feed.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this WebApplication app)
    {
        app.MapGet("/availability/report.csv", (HttpContext context, string? from, string? to) => ReportAsync(context, from, to, "csv", "text/csv; charset=utf-8; header=present", (reports, sites, period, now) =>
            ReportCsv.WriteAsync(context.Response.Body, sites, period, now, context.RequestAborted)));
        app.MapGet("/availability/report.json", (HttpContext context, string? from, string? to) => ReportAsync(context, from, to, "json", "application/json", (reports, sites, period, now) =>
            ReportJson.WriteAsync(context.Response.Body, sites, reports, period, now, context.RequestAborted)));
        app.MapGet("/availability/{siteId}/feed.atom", FeedAsync);
    }

    private static async Task ReportAsync(
        HttpContext context, string? from, string? to, string ending, string contentType, Func<AvailabilityReports, IAsyncEnumerable<SiteReport>, ReportPeriod, DateTimeOffset, Task> writeAsync)
    {
        var now = context.RequestServices.GetRequiredService<Clock>().Now;
        var (period, problem) = ReportPeriod.Read(from, to, CheckDay.Of(now));
        if (period is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(Words.Of(problem!.Value), context.RequestAborted);
            return;
        }

        context.Response.ContentType = contentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"availability-{ReportPeriod.Say(period.From)}-{ReportPeriod.Say(period.To)}.{ending}\"";
        var list = await context.RequestServices.GetRequiredService<WatchlistReader>().GetAsync(context.RequestAborted);
        var reports = context.RequestServices.GetRequiredService<AvailabilityReports>();
        var sites = list.Sites.ToAsyncEnumerable().Select(async (site, token) => await reports.GetAsync(site, list.Vantages, period, now, token));
        await writeAsync(reports, sites, period, now);
    }

    private static async Task<IResult> FeedAsync(
        string siteId, HttpContext context, WatchlistReader watchlist, EpisodeStore episodes, AlertsOptions alerts, Clock clock, CancellationToken cancellationToken)
    {
        var list = await watchlist.GetAsync(cancellationToken);
        if (list.Find<Site>(EntryKind.Site, siteId) is not { } site)
        {
            return Results.NotFound();
        }

        // Feed readers ask again and again: they may keep it and ask whether it is still so.
        context.Response.Headers.CacheControl = "private, no-cache";
        var told = EpisodeFeed.Select(await episodes.ListAsync(siteId, after: null, int.MaxValue, cancellationToken).ToListAsync(cancellationToken), clock.Now);
        var root = alerts.PublicUrl ?? new Uri($"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/");
        var bytes = EpisodeFeed.Write(site, list.Vantages, told, root);
        return Results.Bytes(
            bytes,
            EpisodeFeed.ContentType,
            lastModified: told is [var newest, ..] ? EpisodeFeed.UpdatedOf(newest) : null,
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\""));
    }
}
