using System.Text;
using System.Text.Json;
using AngleSharp.Dom;

namespace Monitoring.WatchedPages;

/// <summary>What linked data says of an article (schema.org); null for what it does not say.</summary>
internal sealed record ArticleJson(string? Headline, string? Body, string? Published, string? Author, string? Language)
{
    private const int MaxScripts = 20;
    private const int MaxScript = 500_000;
    private const int MaxDepth = 32;
    private const int MaxObjects = 2000;
    private const int MaxAuthors = 20;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth };

    /// <summary>The first article that the page's scripts describe. Scripts that are no JSON, too long or nested too deeply are passed over.</summary>
    public static ArticleJson? Of(IParentNode page) => page.QuerySelectorAll("script[type='application/ld+json' i]").Take(MaxScripts)
        .Select(script => script.TextContent).Where(text => text.Length <= MaxScript).Select(Read).FirstOrDefault(article => article is not null);

    private static ArticleJson? Read(string script)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(Mended(script)), Lenient);
            return Objects(document.RootElement).FirstOrDefault(IsArticle) is { ValueKind: JsonValueKind.Object } found ? Article(found) : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second is thrown for half of a surrogate pair, written as an escape.
            return null;
        }
    }

    /// <summary>Systems put line breaks into strings, and the whole into comments or CDATA.</summary>
    private static string Mended(string script)
    {
        var start = script.AsSpan().IndexOfAny('{', '[');
        var isCdata = start > 0 && script.AsSpan(start).StartsWith("[CDATA[", StringComparison.Ordinal);
        var from = isCdata ? start + "[CDATA[".Length : start;
        var end = script.AsSpan().LastIndexOfAny('}', ']');
        end = isCdata ? script.LastIndexOf('}') : end;
        return start < 0 || end < from ? "" : string.Create(end + 1 - from, (script, from), static (mended, source) =>
        {
            source.script.AsSpan(source.from, mended.Length).CopyTo(mended);
            foreach (ref var character in mended)
            {
                character = character < ' ' ? ' ' : character;
            }
        });
    }

    /// <summary>Outer objects first: lists, graphs and what a page is about.</summary>
    private static IEnumerable<JsonElement> Objects(JsonElement root)
    {
        var waiting = new Queue<JsonElement>([root]);
        for (var seen = 0; seen < MaxObjects && waiting.TryDequeue(out var next); seen++)
        {
            if (next.ValueKind is JsonValueKind.Array)
            {
                foreach (var inner in next.EnumerateArray())
                {
                    waiting.Enqueue(inner);
                }
            }
            else if (next.ValueKind is JsonValueKind.Object)
            {
                yield return next;
                foreach (var name in (ReadOnlySpan<string>)["@graph", "mainEntity", "mainEntityOfPage"])
                {
                    if (next.TryGetProperty(name, out var inner))
                    {
                        waiting.Enqueue(inner);
                    }
                }
            }
        }
    }

    private static bool IsArticle(JsonElement thing) =>
        Texts(Property(thing, "@type")).Any(type => type.EndsWith("Article", StringComparison.Ordinal) || type.EndsWith("BlogPosting", StringComparison.Ordinal));

    private static ArticleJson Article(JsonElement article) => new(
        First(article, "headline") ?? First(article, "name"),
        First(article, "articleBody"),
        First(article, "datePublished") ?? First(article, "dateCreated"),
        string.Join(", ", Names(Property(article, "author")).Distinct()) is { Length: > 0 } authors ? authors : null,
        First(article, "inLanguage"));

    private static JsonElement Property(JsonElement thing, string name) => thing.TryGetProperty(name, out var value) ? value : default;

    private static string? First(JsonElement thing, string name) => Texts(Property(thing, name)).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(inner => inner.ValueKind is JsonValueKind.String).Select(inner => inner.GetString()!),
        _ => [],
    };

    /// <summary>A person is a text, or an object with a name.</summary>
    private static IEnumerable<string> Names(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Take(MaxAuthors).SelectMany(Names),
        JsonValueKind.Object => Texts(Property(value, "name")),
        _ => Texts(value),
    };
}
