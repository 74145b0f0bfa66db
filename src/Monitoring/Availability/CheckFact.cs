using System.Globalization;
using Monitoring.Blocking;

namespace Monitoring.Availability;

/// <summary>
/// How long the phases of a page's way took, in milliseconds: of the last hop, because that one brings the page. Null where a phase was not reached, or failed:
/// what a failure took tells of our time limits and not of the site.
/// </summary>
/// <param name="FirstByte">From the request to the head of its answer.</param>
public readonly record struct PhaseTimes(int? Dns, int? Connect, int? Tls, int? FirstByte)
{
    public static PhaseTimes Of(Hop hop) => new(
        hop.Dns is { Failure: null } dns ? Whole(dns.Milliseconds) : null,
        hop.Tcp is [.., { Failure: null } tcp] ? Whole(tcp.Milliseconds) : null,
        hop.Tls is { Failure: null } tls ? Whole(tls.Milliseconds) : null,
        hop.Http is { Status: not null } http ? Whole(http.FirstByteMilliseconds) : null);

    private static int Whole(double milliseconds) => (int)Math.Round(milliseconds);
}

/// <param name="Class">The verdict's class.</param>
/// <param name="Milliseconds">The whole check from this vantage.</param>
public sealed record CheckFact(DateTimeOffset At, string Class, int Milliseconds)
{
    public PhaseTimes Phases { get; init; }

    public static CheckFact Of(Measurement measurement, Verdict verdict) =>
        new(measurement.Started, verdict.Class, (int)measurement.Milliseconds) { Phases = PhaseTimes.Of(measurement.Last) };

    /// <summary>
    /// A line of its hour: <c>0500.000 reachable 412 9 31 62 180</c>: minute and second, class, milliseconds of the whole and of DNS, connect, TLS and first
    /// byte; <c>-</c> where a phase has no time. Lines of earlier versions end after the whole.
    /// </summary>
    internal string Pack() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.UtcDateTime:mmss.fff} {Class} {Milliseconds}{(Phases == default ? "" : $" {Say(Phases.Dns)} {Say(Phases.Connect)} {Say(Phases.Tls)} {Say(Phases.FirstByte)}")}\n");

    /// <returns>Null for a line that no version writes.</returns>
    internal static CheckFact? Unpack(DateTimeOffset hour, string line) => line.Split(' ') switch
    {
        [var at, var verdict, var whole] => Of(hour, at, verdict, whole),
        [var at, var verdict, var whole, var dns, var connect, var tls, var firstByte] =>
            Of(hour, at, verdict, whole) with { Phases = new PhaseTimes(Time(dns), Time(connect), Time(tls), Time(firstByte)) },
        _ => null,
    };

    private static CheckFact Of(DateTimeOffset hour, string at, string verdict, string whole) =>
        new(hour + TimeSpan.ParseExact(at, "mmss'.'fff", CultureInfo.InvariantCulture), verdict, int.Parse(whole, CultureInfo.InvariantCulture));

    private static string Say(int? time) => time?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static int? Time(string text) => text == "-" ? null : int.Parse(text, CultureInfo.InvariantCulture);
}
