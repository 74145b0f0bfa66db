using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Availability.Telling;
using Monitoring.Blocking;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Availability.Vantages;

/// <summary>What is said about vantages, countries and waves. Pure.</summary>
internal static class IncidentRecords
{
    public static AlertRecord Faulty(Vantage vantage, VantageHealth health, Verdict verdict) =>
        Record($"vantage.{vantage.Id}.{Keys.Time(health.Since)}.faulty", AlertKind.Vantage, Severity.Medium, health.Since, Reason.Of("fact.vantage_faulty", NameOf(vantage))) with
        {
            Country = vantage.Country,
            Subjects = [vantage.Id, vantage.Name],
            Reasons = [.. verdict.Reasons, Reason.Of("reason.vantage_silent")],
        };

    public static AlertRecord Works(Vantage vantage, VantageHealth health, DateTimeOffset now) =>
        Record($"vantage.{vantage.Id}.{Keys.Time(health.Since)}.works", AlertKind.Vantage, Severity.Info, now, Reason.Of("fact.vantage_works", NameOf(vantage), Reason.Duration(now - health.Since))) with
        {
            Country = vantage.Country,
            Subjects = [vantage.Id, vantage.Name],
        };

    public static AlertRecord CutOff(CountryOutage outage) =>
        Record($"outage.{outage.Country}.{Keys.Time(outage.Since)}.began", AlertKind.Vantage, Severity.Critical, outage.Since, Reason.Of("fact.cut_off", outage.Country, Number(outage.Vantages.Count), Number(outage.Of))) with
        {
            Country = outage.Country,
            ConcernsAll = true,
            Reasons = [Reason.Of("reason.cut_off"), Reason.Of("reason.sites_held")],
        };

    public static AlertRecord Reconnected(CountryOutage outage, DateTimeOffset now) =>
        Record($"outage.{outage.Country}.{Keys.Time(outage.Since)}.ended", AlertKind.Vantage, Severity.High, now, Reason.Of("fact.reconnected", outage.Country, Reason.Duration(now - outage.Since))) with
        {
            Country = outage.Country,
            ConcernsAll = true,
        };

    /// <param name="country">Of some of the sites; who is told of it is told of all of them.</param>
    public static AlertRecord Of(Wave wave, IReadOnlyList<Site> sites, string? country)
    {
        var mechanism = "@mechanism." + wave.Family;
        var count = Number(wave.Members.Count);
        var fact = wave switch
        {
            { IsDown: true } => Reason.Of("fact.wave_down", count, mechanism),
            _ when wave.Members.All(member => member.IsConfirmed) => Reason.Of("fact.wave_blocked", count, wave.Network, mechanism),
            _ => Reason.Of("fact.wave_signs", count, wave.Network, mechanism),
        };
        var since = wave.Members[0].Opened;
        var key = $"wave.{(wave.IsDown ? "down" : "blocked")}.{Keys.Safe(wave.Network)}.{wave.Family}.{Keys.Time(since)}";
        return Record(key, AlertKind.SiteTrouble, wave.IsDown ? Severity.High : Severity.Critical, since, fact) with
        {
            Country = country,
            Subjects = [.. sites.SelectMany(EpisodeRecords.SubjectsOf)],
            Reasons = [Reason.Of("reason.wave_sites", string.Join(", ", sites.Select(site => site.Name)))],
        };
    }

    private static AlertRecord Record(string key, AlertKind kind, Severity severity, DateTimeOffset at, Reason fact) =>
        new() { Key = key, Kind = kind, Severity = severity, At = at, Fact = fact, Page = "availability" };

    private static string NameOf(Vantage vantage) => vantage.Network is { } network ? $"{vantage.Name} ({network})" : vantage.Name;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
