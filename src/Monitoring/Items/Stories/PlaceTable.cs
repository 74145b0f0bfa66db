using System.Collections.Frozen;
using Monitoring.Languages;

namespace Monitoring.Items.Stories;

/// <summary>
/// Cities, regions and countries of Central Asia and its neighbours, found in Russian, Kazakh and English by the stems of their names. Only tells whether two
/// texts speak of one place: who shares a stem with a place is taken for it.
/// </summary>
internal static class PlaceTable
{
    /// <summary>Where something happened stands at the beginning; further down stand other places.</summary>
    private const int ReadCharacters = 2500;

    private const int Most = 4;
    private const string Country = "country";

    private static readonly Place[] Places = [.. DataFile.Rows(typeof(PlaceTable), "places.csv").Select(row => new Place(row[0], row[1], row[2], row[3..]))];
    private static readonly FrozenDictionary<string, Place> ByCode = Places.ToFrozenDictionary(place => place.Code, StringComparer.Ordinal);

    private static readonly KeywordTable Stems = new(Places.Select(place => (place.Code, place.Stems.Select(stem => stem + "*").ToArray())));

    /// <summary>Codes of the first cities and regions in a text, or of its countries if it names none of them; in the order of the text, each once.</summary>
    public static IReadOnlyList<string> Find(string text)
    {
        var found = Stems.Find(TokenizedText.Of(WholeCharacters.Cut(text, ReadCharacters))).Select(hit => ByCode[hit.Id]).Distinct().ToList();
        var local = found.Where(place => place.Kind != Country).ToList();
        return [.. (local.Count > 0 ? local : found).Select(place => place.Code).Take(Most)];
    }

    /// <summary>A city or region.</summary>
    public static bool IsLocal(string code) => ByCode.GetValueOrDefault(code)?.Kind is not (null or Country);

    /// <summary>In English; the code itself if it has left the table.</summary>
    public static string NameOf(string code) => ByCode.GetValueOrDefault(code)?.Name ?? code;

    private sealed record Place(string Code, string Kind, string Name, string[] Stems);
}
