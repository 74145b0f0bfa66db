using System.Text;
using System.Text.Json;

namespace Monitoring.Feeds.Reading;

/// <summary>
/// Reads JSON Feed 1.0 and 1.1 (jsonfeed.org). Wrong types of single fields count as absent. Where the text breaks, the complete items before are kept.
/// </summary>
internal static class JsonFeedReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private static readonly JsonDocumentOptions ItemOptions = new() { MaxDepth = 64 };

    public static FeedReading Read(FeedBody source)
    {
        source = source with { Bytes = Utf8(source) };
        var feed = new FeedDraft { Format = FeedFormat.Json };
        var pieces = new List<(int Start, int Length)>();
        var reader = new Utf8JsonReader(source.Bytes.Span, Options);
        var hasItems = false;
        try
        {
            hasItems = Walk(ref reader, source, feed, pieces);
        }
        catch (JsonException broken) when (pieces.Count == 0)
        {
            return new FeedReading.NotAFeed($"JSON that breaks at line {broken.LineNumber + 1}");
        }
        catch (JsonException)
        {
            hasItems = true;
            source.Repairs.Note(FeedRepairKind.CutDocument, (int)reader.BytesConsumed);
        }

        if (!hasItems)
        {
            return new FeedReading.NotAFeed("JSON that is no feed");
        }

        foreach (var (start, length) in pieces)
        {
            using var item = JsonDocument.Parse(source.Bytes.Slice(start, length), ItemOptions);
            feed.Add(Item(item.RootElement, source, feed.Fields.Link.Value ?? source.Base, feed.Fields.Language.Value ?? source.Language));
        }

        return new FeedReading.Read(feed.ToDocument(source));
    }

    /// <summary>The items are only found here: what their links are relative to may stand behind them.</summary>
    /// <returns>Whether there is a list of items.</returns>
    private static bool Walk(ref Utf8JsonReader reader, FeedBody source, FeedDraft feed, List<(int Start, int Length)> pieces)
    {
        var hasItems = false;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("items"u8))
            {
                Field(ref reader, source, feed);
                continue;
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            hasItems = true;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var (isItem, start) = (reader.TokenType == JsonTokenType.StartObject, (int)reader.TokenStartIndex);
                reader.Skip();
                if (isItem && pieces.Count < FeedReader.MaxItems)
                {
                    pieces.Add((start, (int)reader.BytesConsumed - start));
                }
                else if (isItem)
                {
                    source.Repairs.Note(FeedRepairKind.TooManyItems, start);
                }
            }
        }

        return hasItems;
    }

    private static void Field(ref Utf8JsonReader reader, FeedBody source, FeedDraft feed)
    {
        var name = reader.HasValueSequence || reader.ValueSpan.Length > 32 ? "" : Encoding.UTF8.GetString(reader.ValueSpan);
        reader.Read();
        if (name is "author" or "authors")
        {
            using var people = JsonDocument.ParseValue(ref reader);
            AddPeople(people.RootElement, feed.Fields, source, source.Base);
            return;
        }

        var value = reader.TokenType == JsonTokenType.String ? LegalCharacters.Clean(reader.GetString()!, source.Repairs) : null;
        reader.Skip();
        if (value is null)
        {
            return;
        }

        switch (name)
        {
            case "version":
                feed.Version = value.Split('/')[^1];
                break;
            case "title":
                feed.Fields.Title.Offer(new FeedText(value, MarkupGuess.IsHtml(value)), 0);
                break;
            case "home_page_url":
                feed.Fields.Link.Offer(WebLink.Resolve(source.Base, value), 0);
                break;
            case "feed_url":
                feed.Fields.Id.Offer(value, 0);
                break;
            case "description":
                feed.Fields.AddBody(new FeedText(value, IsHtml: false), 0);
                break;
            case "language":
                feed.Fields.Language.Offer(value, 0);
                break;
            case "icon":
                feed.Fields.Image.Offer(WebLink.Resolve(source.Base, value), 0);
                break;
        }
    }

    private static FeedItem Item(JsonElement item, FeedBody source, Uri baseUrl, string? language)
    {
        var fields = new FieldSet();
        fields.Id.Offer(Text(item, source.Repairs, "id"), 0);
        fields.Link.Offer(WebLink.Resolve(baseUrl, Text(item, source.Repairs, "external_url")), 1);
        fields.Link.Offer(WebLink.Resolve(baseUrl, Text(item, source.Repairs, "url")), 0);
        fields.Title.Offer(Text(item, source.Repairs, "title") is { } title ? new FeedText(title, MarkupGuess.IsHtml(title)) : null, 0);
        fields.LongBody.Offer(Text(item, source.Repairs, "content_text") is { } plain ? new FeedText(plain, IsHtml: false) : null, 1);
        fields.LongBody.Offer(Text(item, source.Repairs, "content_html") is { } html ? new FeedText(html, IsHtml: true) : null, 0);
        fields.AddBody(new FeedText(Text(item, source.Repairs, "summary") ?? "", IsHtml: false), 0);
        fields.Published.Offer(FeedDate.Read(Text(item, source.Repairs, "date_published")), 0);
        fields.Updated.Offer(FeedDate.Read(Text(item, source.Repairs, "date_modified")), 0);
        fields.Image.Offer(WebLink.Resolve(baseUrl, Text(item, source.Repairs, "image") ?? Text(item, source.Repairs, "banner_image")), 0);
        fields.Language.Offer(Text(item, source.Repairs, "language"), 0);
        foreach (var tag in List(item, "tags").Where(tag => tag.ValueKind is JsonValueKind.String))
        {
            fields.AddCategory(LegalCharacters.Clean(tag.GetString()!, source.Repairs));
        }

        foreach (var file in List(item, "attachments").Where(file => file.ValueKind is JsonValueKind.Object))
        {
            fields.AddEnclosure(WebLink.Resolve(baseUrl, Text(file, source.Repairs, "url")), Text(file, source.Repairs, "mime_type"), Text(file, source.Repairs, "size_in_bytes"), 1);
        }

        foreach (var name in new[] { "authors", "author" })
        {
            if (item.TryGetProperty(name, out var people))
            {
                AddPeople(people, fields, source, baseUrl);
            }
        }

        return fields.ToItem(language);
    }

    private static void AddPeople(JsonElement people, FieldSet fields, FeedBody source, Uri baseUrl)
    {
        foreach (var person in people.ValueKind is JsonValueKind.Array ? [.. people.EnumerateArray()] : new[] { people })
        {
            if (person.ValueKind is JsonValueKind.Object && Text(person, source.Repairs, "name") is { Length: > 0 and < 200 } name)
            {
                fields.AddAuthor(new FeedPerson(FieldSet.OneLine(name), null, WebLink.Resolve(baseUrl, Text(person, source.Repairs, "url"))));
            }
        }
    }

    private static JsonElement[] List(JsonElement item, string name) =>
        item.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    /// <summary>Ids are numbers in some feeds.</summary>
    private static string? Text(JsonElement item, RepairLog repairs, string name) =>
        !item.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => LegalCharacters.Clean(value.GetString()!, repairs),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    /// <summary>UTF-8 that .NET agrees to read: valid, and without the halves of characters that a cut title leaves.</summary>
    private static ReadOnlyMemory<byte> Utf8(FeedBody source)
    {
        var isValid = source.Encoding is UTF8Encoding && System.Text.Unicode.Utf8.IsValid(source.Bytes.Span);
        var bytes = isValid ? source.Bytes : Encoding.UTF8.GetBytes(source.Encoding.GetString(source.Bytes.Span));
        bytes = bytes[(bytes.Length - bytes.Span.TrimStart(" \t\r\n\0\ufeff"u8).Length)..];
        return JsonHalves.Replace(bytes, source.Repairs);
    }
}
