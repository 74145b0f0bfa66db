using System.Globalization;

namespace Monitoring.Availability.Ooni;

/// <summary>The second axis of an aggregation; the first is the domain.</summary>
public enum OoniAxis
{
    /// <summary><c>probe_asn</c></summary>
    Network,

    /// <summary><c>probe_cc</c></summary>
    Country,

    /// <summary><c>blocking_type</c></summary>
    Kind,
}

/// <summary>One question to OONI's aggregation API (<c>/api/v1/aggregation</c>; ooni/backend, oonimeasurements, routers/v1/aggregation.py).</summary>
/// <param name="Country">Of the probes; null: the world.</param>
/// <param name="Since">The first day, UTC.</param>
/// <param name="Until">The day after the last.</param>
public sealed record OoniQuery(OoniAxis Axis, string? Country, IReadOnlyList<string> Domains, DateOnly Since, DateOnly Until)
{
    /// <summary>More would make addresses and answers too long.</summary>
    public const int MostDomains = 50;

    /// <summary>What the axis is called in questions and answers.</summary>
    public string Field => Axis switch
    {
        OoniAxis.Network => "probe_asn",
        OoniAxis.Country => "probe_cc",
        _ => "blocking_type",
    };

    public Uri On(Uri api)
    {
        var probes = Country is null ? "" : $"&probe_cc={Country}";
        var domains = string.Join(',', Domains.Select(Uri.EscapeDataString));

        // The grain is given because the API's own choice depends on the length of the period.
        return new Uri(api, $"api/v1/aggregation?test_name=web_connectivity&since={Day(Since)}&until={Day(Until)}&time_grain=day&axis_x={Field}&axis_y=domain{probes}&domain={domains}");
    }

    /// <summary>The same measurements for people, one domain by days and networks.</summary>
    public static Uri Explorer(string country, string domain, DateOnly since, DateOnly until) => new(
        $"https://explorer.ooni.org/chart/mat?test_name=web_connectivity&probe_cc={country}&domain={Uri.EscapeDataString(domain)}&since={Day(since)}&until={Day(until)}&time_grain=day&axis_x=measurement_start_day&axis_y=probe_asn");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
