using System.Globalization;
using System.Text;
using System.Xml;
using Monitoring.Alerts.Mails;
using Monitoring.Availability;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.App.Web.Reports;

/// <summary>
/// A site's episodes as an Atom feed (RFC 4287): an entry for each, with an id that never changes and the time of what last happened to it, so that a reader shows
/// an episode again when it changed or ended. Pure: the same episodes give the same bytes.
/// </summary>
internal static class EpisodeFeed
{
    public const string ContentType = "application/atom+xml; charset=utf-8";
    public const int MostEntries = 50;

    /// <summary>An episode that nothing happened to for so long is not told any more.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <summary>What the feed tells of the episodes of a site: those of the last 90 days, newest first.</summary>
    public static IReadOnlyList<Episode> Select(IEnumerable<Episode> episodes, DateTimeOffset now) =>
        [.. episodes.Where(episode => UpdatedOf(episode) > now - Kept).OrderByDescending(UpdatedOf).ThenBy(episode => episode.Id, StringComparer.Ordinal).Take(MostEntries)];

    /// <summary>When it closed, or changed last, or else opened. Measurements are kept at changes, and their names tell when.</summary>
    public static DateTimeOffset UpdatedOf(Episode episode) =>
        episode.Closed ?? episode.Evidence.Skip(1).Select(MeasurementStore.TimeOf).Append(episode.Opened).Max();

    /// <param name="root">Where the pages are, ending with a slash.</param>
    /// <param name="episodes">As <see cref="Select"/> gives them.</param>
    public static byte[] Write(Site site, IReadOnlyList<Vantage> vantages, IReadOnlyList<Episode> episodes, Uri root)
    {
        var page = new Uri(root, $"availability/{site.Id}").AbsoluteUri;
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("feed", Atom);
            Element(xml, "id", Urn(site.Id));
            Element(xml, "title", $"{site.Name}: availability");
            Element(xml, "updated", Time(episodes is [var newest, ..] ? UpdatedOf(newest) : DateTimeOffset.UnixEpoch));
            Link(xml, "self", $"{page}/feed.atom", "application/atom+xml");
            Link(xml, "alternate", page, "text/html");
            xml.WriteStartElement("author", Atom);
            Element(xml, "name", "Monitoring");
            xml.WriteEndElement();
            foreach (var episode in episodes)
            {
                WriteEntry(xml, site, vantages.FirstOrDefault(vantage => vantage.Id == episode.VantageId), episode, page);
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void WriteEntry(XmlWriter xml, Site site, Vantage? vantage, Episode episode, string page)
    {
        var (word, place) = (Words.Of(episode.Verdict with { Grade = episode.Grade }).Word, vantage?.Network ?? vantage?.Name ?? "a vantage no longer listed");
        xml.WriteStartElement("entry", Atom);
        Element(xml, "id", Urn(site.Id, episode.Id));
        Element(xml, "title", episode.Closed is null ? $"{word}: {site.Name} from {place}" : $"Reachable again: {site.Name} from {place} (was: {word})");
        Element(xml, "published", Time(episode.Opened));
        Element(xml, "updated", Time(UpdatedOf(episode)));
        Link(xml, "alternate", $"{page}?span={PageSpan.All[0].Key}#{episode.VantageId}", "text/html");
        var lasted = episode.Closed is { } closed ? $"{Time(episode.Opened)} to {Time(closed)}, {Words.Minutes(closed - episode.Opened)}" : $"since {Time(episode.Opened)}, not ended";
        var reasons = string.Concat(episode.Verdict.Reasons.Select(reason => $" {Texts.English.Say(reason)}."));
        Element(xml, "summary", $"{word}, {episode.Grade.ToString().ToLowerInvariant()}; {lasted}; rule {episode.Verdict.Rule}.{reasons}");
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address, string type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Atom, Allowed(text));

    /// <summary>XML has no way to write control characters and halves of pairs.</summary>
    private static string Allowed(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value is < 0x20 and not (0x9 or 0xA or 0xD) or 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune));

    /// <summary>A UUID of version 8 (RFC 9562) from the hash of what it names.</summary>
    private static string Urn(params ReadOnlySpan<string> names)
    {
        var hash = Keys.Hash(["monitoring episode feed", .. names]);
        return $"urn:uuid:{hash[..8]}-{hash[8..12]}-8{hash[13..16]}-a{hash[17..20]}-{hash[20..]}";
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
