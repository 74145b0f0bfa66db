using System.Text;
using System.Text.Json;

namespace Monitoring.Feeds.Reading;

/// <summary>
/// Reads JSON Feed 1.0 and 1.1 (jsonfeed.org). Wrong types of single fields count as absent. Where the text breaks, the complete items before are kept.
/// </summary>
internal static class JsonFeedReader
{
    private const int LongestDate = 200;

    /// <summary>In bytes. A longer one is left out: no news is so long.</summary>
    private const int LongestItem = 4 * 1024 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    public static FeedReading Read(FeedBody source)
    {
        source = source with { Bytes = Utf8(source) };
        var feed = new FeedDraft { Format = FeedFormat.Json };
        var pieces = new Newest<JsonPiece>(piece => piece.Date);
        var reader = new Utf8JsonReader(source.Bytes.Span, Options);
        var hasItems = false;
        try
        {
            hasItems = Walk(ref reader, source, feed, pieces);
        }
        catch (JsonException broken) when (pieces.IsEmpty)
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

        foreach (var piece in pieces.Take())
        {
            feed.Add(JsonItem.Read(source.Bytes.Slice(piece.Start, piece.Length), source, feed.Fields.Link.Value ?? source.Base, feed.Fields.Language.Value ?? source.Language));
        }

        if (pieces.LeftOut > 0)
        {
            source.Repairs.Note(FeedRepairKind.TooManyItems, 0, pieces.LeftOut);
        }

        return new FeedReading.Read(feed.ToDocument(source));
    }

    /// <summary>The items are only found here: what their links are relative to may stand behind them.</summary>
    /// <returns>Whether there is a list of items.</returns>
    private static bool Walk(ref Utf8JsonReader reader, FeedBody source, FeedDraft feed, Newest<JsonPiece> pieces)
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
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    Add(Piece(ref reader), pieces, source.Repairs);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return hasItems;
    }

    private static void Add(JsonPiece piece, Newest<JsonPiece> pieces, RepairLog repairs)
    {
        if (piece.Length <= LongestItem)
        {
            pieces.Add(piece);
        }
        else
        {
            repairs.Note(FeedRepairKind.CutValue, piece.Start);
        }
    }

    /// <summary>Only the newest items are read, so the date is looked for first.</summary>
    private static JsonPiece Piece(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        var (published, modified) = ((DateTimeOffset?)null, (DateTimeOffset?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isPublished, isModified) = (reader.ValueTextEquals("date_published"u8), reader.ValueTextEquals("date_modified"u8));
            reader.Read();
            var date = (isPublished || isModified) && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length < LongestDate ? FeedDate.Read(reader.GetString()) : null;
            (published, modified) = (isPublished ? date : published, isModified ? date : modified);
            reader.Skip();
        }

        return new JsonPiece(start, (int)reader.BytesConsumed - start, published ?? modified);
    }

    private static void Field(ref Utf8JsonReader reader, FeedBody source, FeedDraft feed)
    {
        var name = reader.HasValueSequence || reader.ValueSpan.Length > 32 ? "" : Encoding.UTF8.GetString(reader.ValueSpan);
        reader.Read();
        if (name is "author" or "authors")
        {
            using var people = JsonDocument.ParseValue(ref reader);
            JsonItem.AddPeople(people.RootElement, feed.Fields, source, source.Base);
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
                feed.Fields.Title.Offer(new FeedText(value, MarkupGuess.IsHtml(value), source.Base), 0);
                break;
            case "home_page_url":
                feed.Fields.Link.Offer(WebLink.Resolve(source.Base, value), 0);
                feed.Fields.AddLink(Link(source, value, "alternate"));
                break;
            case "feed_url":
                feed.Fields.Id.Offer(value, 0);
                feed.Fields.AddLink(Link(source, value, "self"));
                break;
            case "next_url":
                feed.Fields.AddLink(Link(source, value, "next"));
                break;
            case "description":
                feed.Fields.AddBody(new FeedText(value, isHtml: false, source.Base), 0);
                break;
            case "language":
                feed.Fields.Language.Offer(value, 0);
                break;
            case "icon":
                feed.Fields.Image.Offer(WebLink.Resolve(source.Base, value), 0);
                break;
            case "favicon":
                feed.Fields.Icon = WebLink.Resolve(source.Base, value);
                break;
        }
    }

    private static FeedLink? Link(FeedBody source, string value, string relation) => WebLink.Resolve(source.Base, value) is { } url ? new FeedLink(url, relation, null, null) : null;

    /// <summary>UTF-8 that .NET agrees to read: valid, and without the halves of characters that a cut title leaves.</summary>
    private static ReadOnlyMemory<byte> Utf8(FeedBody source)
    {
        var isValid = source.Encoding is UTF8Encoding && System.Text.Unicode.Utf8.IsValid(source.Bytes.Span);
        var bytes = isValid ? source.Bytes : Encoding.UTF8.GetBytes(source.Encoding.GetString(source.Bytes.Span));
        bytes = bytes[(bytes.Length - bytes.Span.TrimStart(" \t\r\n\0\ufeff"u8).Length)..];
        return JsonHalves.Replace(bytes, source.Repairs);
    }

    /// <summary>Where an item stands.</summary>
    private readonly record struct JsonPiece(int Start, int Length, DateTimeOffset? Date);
}
