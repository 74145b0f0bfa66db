using System.Text.Encodings.Web;
using System.Text.Json;
using Monitoring.Availability.Reports;
using Monitoring.Watchlist;

namespace Monitoring.App.Web.Reports;

/// <summary>A report as JSON, with every episode and the hashes of its evidence. Times are UTC, shares from 0 to 1.</summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(
        Stream to, IAsyncEnumerable<SiteReport> sites, AvailabilityReports reports, ReportPeriod period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        json.WriteString("from", ReportPeriod.Say(period.From));
        json.WriteString("to", ReportPeriod.Say(period.To));
        json.WriteString("timeZone", "UTC");
        json.WriteString("asOf", ReportCsv.Time(ReportText.AsOf(period, now)));
        json.WriteString("source", ReportText.Source);
        json.WriteStartArray("method");
        ReportText.Method.ToList().ForEach(json.WriteStringValue);
        json.WriteEndArray();
        json.WriteStartArray("sites");
        await foreach (var (site, vantages) in sites.WithCancellation(cancellationToken))
        {
            json.WriteStartObject();
            json.WriteString("id", site.Id);
            json.WriteString("name", site.Name);
            json.WriteString("url", site.Url.AbsoluteUri);
            json.WriteStartArray("vantages");
            foreach (var (vantage, report) in vantages)
            {
                await WriteAsync(json, vantage, report, reports, cancellationToken);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task WriteAsync(Utf8JsonWriter json, Vantage vantage, VantageReport report, AvailabilityReports reports, CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        json.WriteString("id", vantage.Id);
        json.WriteString("name", vantage.Name);
        json.WriteString("network", vantage.Network);
        json.WriteString("country", vantage.Country);
        WriteCounts(json, report);
        json.WriteStartArray("episodes");
        foreach (var span in report.Episodes)
        {
            await WriteAsync(json, span, reports, cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, VantageReport report)
    {
        var totals = report.Totals;
        WriteNumber(json, "goodShare", report.Share);
        WriteNumber(json, "coverage", report.Coverage);
        json.WriteStartObject("checks");
        json.WriteNumber("good", totals.Good.Checks);
        json.WriteNumber("bad", totals.Bad.Checks);
        json.WriteNumber("different", totals.Different.Checks);
        json.WriteNumber("undecided", totals.Undecided.Checks);
        json.WriteNumber("expected", report.Expected);
        json.WriteEndObject();
        json.WriteStartObject("troubleMinutes");
        foreach (var (mechanism, stood) in totals.Trouble)
        {
            json.WriteNumber(mechanism, Math.Round(stood.TotalMinutes, 2));
        }

        json.WriteEndObject();
        json.WriteNumber("longestOutageMinutes", Math.Round(report.Longest?.Length.TotalMinutes ?? 0, 2));
        json.WriteStartObject("milliseconds");
        foreach (var speed in totals.Phases.Speeds)
        {
            json.WriteStartObject(JsonNamingPolicy.CamelCase.ConvertName(speed.Phase.ToString()));
            json.WriteNumber("count", speed.Count);
            json.WriteNumber("p50", Math.Round(speed.P50));
            json.WriteNumber("p95", Math.Round(speed.P95));
            json.WriteNumber("p99", Math.Round(speed.P99));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static async Task WriteAsync(Utf8JsonWriter json, EpisodeSpan span, AvailabilityReports reports, CancellationToken cancellationToken)
    {
        var episode = span.Episode;
        json.WriteStartObject();
        json.WriteString("id", episode.Id);
        json.WriteString("opened", ReportCsv.Time(episode.Opened));
        json.WriteString("closed", episode.Closed is { } closed ? ReportCsv.Time(closed) : null);
        json.WriteString("verdict", episode.Verdict.Class);
        json.WriteString("grade", episode.Grade.ToString().ToLowerInvariant());
        json.WriteString("rule", episode.Verdict.Rule);
        json.WriteNumber("minutesInPeriod", Math.Round(span.Length.TotalMinutes, 2));
        json.WriteStartArray("evidence");
        await foreach (var piece in reports.EvidenceAsync(episode, cancellationToken))
        {
            json.WriteStartObject();
            json.WriteString("name", piece.Name);
            json.WriteString("sha256", piece.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
