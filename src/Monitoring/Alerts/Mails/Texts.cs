using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Monitoring.Alerts.Mails;

/// <summary>The program's own words in one language, from <c>texts.*.json</c>. A test keeps the languages' keys and places equal.</summary>
public sealed class Texts
{
    private static readonly FrozenDictionary<string, Texts> All =
        new[] { new Texts("en", "en-GB"), new Texts("ru", "ru-RU"), new Texts("kk", "kk-KZ") }.ToFrozenDictionary(texts => texts.Language, StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly FrozenDictionary<string, CompositeFormat> _texts;

    private Texts(string language, string culture)
    {
        (Language, Culture) = (language, CultureInfo.GetCultureInfo(culture));
        using var stream = DataFile.Open(typeof(Texts), $"texts.{language}.json");
        _texts = Read($"texts.{language}.json", stream).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>For pages, which speak English so far.</summary>
    public static Texts English => All["en"];

    public static IReadOnlyList<string> Languages => All.Keys;

    public string Language { get; }

    /// <summary>For dates and numbers.</summary>
    public CultureInfo Culture { get; }

    public IEnumerable<string> Keys => _texts.Keys;

    /// <param name="language"><c>en</c>, <c>ru</c> or <c>kk</c>.</param>
    public static Texts Of(string language) => All[language];

    /// <exception cref="KeyNotFoundException">No such text: a bug that the test of all keys finds.</exception>
    public string this[string key] => Find(key).Format;

    /// <summary>Whether there is such a text: codes that are stored may be of another version of the program.</summary>
    public bool Has(string key) => _texts.ContainsKey(key);

    /// <exception cref="FormatException">Fewer values than the text has places: a bug.</exception>
    public string Say(string key, params ReadOnlySpan<object?> values) => string.Format(Culture, Find(key), values);

    public string Say(Reason reason) => Say(reason.Text, [.. reason.Values.Select(SayValue)]);

    /// <summary>Date and time of day in a zone, with the zone's city: <c>22 Nov 2026, 07:30 (Almaty)</c>.</summary>
    public string SayTime(DateTimeOffset time, TimeZoneInfo zone) =>
        $"{TimeZoneInfo.ConvertTime(time, zone).ToString("d MMM yyyy, HH:mm", Culture)} ({zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ')})";

    /// <summary>A length of time in its two largest units: <c>3 h 20 min</c>.</summary>
    public string SayDuration(TimeSpan duration) => duration switch
    {
        { TotalMinutes: < 1 } => Say("duration.seconds", (int)duration.TotalSeconds),
        { TotalHours: < 1 } => Say("duration.minutes", (int)duration.TotalMinutes),
        { TotalDays: < 2 } => Say("duration.hours", (int)duration.TotalHours, duration.Minutes),
        _ => Say("duration.days", (int)duration.TotalDays, duration.Hours),
    };

    /// <summary>Reads a file of texts: a JSON object, each text with places <c>{0}</c>, <c>{1}</c> ….</summary>
    /// <exception cref="InvalidDataException">Says which text of the file is malformed and how.</exception>
    internal static Dictionary<string, CompositeFormat> Read(string file, Stream stream)
    {
        try
        {
            var texts = JsonSerializer.Deserialize<Dictionary<string, string?>>(stream, Strict) ?? throw new InvalidDataException($"{file}: a JSON object of texts is expected.");
            return texts.ToDictionary(pair => pair.Key, pair => Parse(file, pair.Key, pair.Value), StringComparer.Ordinal);
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{file}, line {failure.LineNumber + 1}: {failure.Message}", failure);
        }
    }

    private static CompositeFormat Parse(string file, string key, string? text)
    {
        try
        {
            return CompositeFormat.Parse(string.IsNullOrWhiteSpace(text) ? throw new InvalidDataException($"{file}: the text '{key}' is empty.") : text);
        }
        catch (FormatException failure)
        {
            throw new InvalidDataException($"{file}: the text '{key}' is malformed: places such as {{0}} are expected, and {{{{ for a brace. {failure.Message}", failure);
        }
    }

    private CompositeFormat Find(string key) => _texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"No text is called '{key}'.");

    /// <summary>Names and titles from outside are values too: one that only looks like the name of a text or a duration is said as it is.</summary>
    private string SayValue(string value) => value switch
    {
        ['@', .. var key] when _texts.TryGetValue(key, out var text) => text.Format,
        _ when value.StartsWith(Reason.DurationMark, StringComparison.Ordinal)
            && int.TryParse(value.AsSpan(Reason.DurationMark.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) =>
            SayDuration(TimeSpan.FromSeconds(seconds)),
        _ => value,
    };
}
