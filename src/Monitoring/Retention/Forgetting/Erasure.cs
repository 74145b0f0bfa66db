using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Monitoring.Names;
using Monitoring.Watchlist;

namespace Monitoring.Retention.Forgetting;

/// <summary>
/// Takes one person out of texts. Pure. Known are the entry's id, every place that the name matcher finds, its candidates too, every listed spelling, the words by which
/// mentions were found, and of a recipient the address.
/// </summary>
public sealed class Erasure
{
    private const char Blot = '█';

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Texts that stand as they were published, with places marked in them: names are blotted there, so that the places stay right.</summary>
    private static readonly HashSet<string> Published = ["Title", "Summary", "Passage", "Headline"];

    private readonly NameMatcher? _matcher;
    private readonly Regex _words;

    /// <param name="surfaces">Words by which the person was found.</param>
    public Erasure(Entry entry, IEnumerable<string> surfaces, string pseudonym)
    {
        (Id, Pseudonym) = (entry.Id, pseudonym);
        _matcher = entry is Person person ? NameMatcher.Compile([person], []) : null;
        var names = NamesOf(entry).Concat(surfaces).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(name => name.Length).Select(Pattern);
        _words = new Regex(string.Join('|', names.Prepend($"(?<![a-zA-Z0-9-]){Regex.Escape(entry.Id)}(?![a-zA-Z0-9-])")), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    public string Id { get; }

    /// <summary>What stands in the person's place.</summary>
    public string Pseudonym { get; }

    /// <summary>Everything by which an entry is called, its id apart.</summary>
    public static IEnumerable<string> NamesOf(Entry entry) => entry switch
    {
        Person person => person.Aliases.Select(alias => alias.Name).Prepend(person.Name),
        Recipient recipient => [recipient.Name, recipient.Address],
        _ => [entry.Name],
    };

    public bool IsIn(string text) => _words.IsMatch(text) || _matcher?.Find(text).Count > 0;

    /// <summary>The text with the pseudonym in place of the person.</summary>
    public string Rename(string text) => Replace(text, _ => Pseudonym);

    /// <summary>The text with the person's name blotted out, of the same length: places in it stay right.</summary>
    public string BlotOut(string text) => Replace(text, length => new string(Blot, length));

    /// <summary>A column's value without the person, as plain text or as JSON; null if nothing changes.</summary>
    public string? Column(string name, string value)
    {
        if (value is ['{' or '[', ..] && Parse(value) is { } json)
        {
            return Json(json, Published.Contains(name)) is { IsChanged: true, Node: { } node } ? node.ToJsonString(Readable) : null;
        }

        var without = Published.Contains(name) ? BlotOut(value) : Rename(value);
        return string.Equals(without, value, StringComparison.Ordinal) ? null : without;
    }

    private static string Pattern(string name)
    {
        var words = string.Join(@"\s+", name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape));

        // Several words may have endings in any language; one word alone may be the beginning of another.
        return name.Any(char.IsWhiteSpace) ? $@"(?<!\p{{L}}){words}\p{{L}}*" : $@"(?<![\p{{L}}\p{{N}}]){words}(?![\p{{L}}\p{{N}}])";
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Replace(string text, Func<int, string> with)
    {
        var found = _matcher?.Find(text).OrderByDescending(mention => mention.Start).ToList() ?? [];
        foreach (var mention in found)
        {
            text = text[..mention.Start] + with(mention.Length) + text[(mention.Start + mention.Length)..];
        }

        return _words.Replace(text, match => with(match.Length));
    }

    private (JsonNode? Node, bool IsChanged) Json(JsonNode? node, bool isPublished)
    {
        switch (node)
        {
            case JsonObject map:
                var fields = map.Select(field => (field.Key, Value: Json(field.Value, isPublished || Published.Contains(field.Key)))).ToList();
                return (new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, field.Value.Node))), fields.Exists(field => field.Value.IsChanged));
            case JsonArray list:
                var items = list.Select(item => Json(item, isPublished)).ToList();
                return (new JsonArray([.. items.Select(item => item.Node)]), items.Exists(item => item.IsChanged));
            case JsonValue value when value.TryGetValue<string>(out var text):
                var without = isPublished ? BlotOut(text) : Rename(text);
                return (JsonValue.Create(without), !string.Equals(text, without, StringComparison.Ordinal));
            default:
                return (node?.DeepClone(), false);
        }
    }
}
