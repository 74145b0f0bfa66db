using System.Text.Json;

namespace Monitoring.Feeds.Reading;

/// <summary>One item of a JSON Feed. Wrong types of single fields count as absent.</summary>
internal static class JsonItem
{
    /// <summary>Tags, files or persons of one item beyond these are not looked at.</summary>
    private const int MostOfOne = 256;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    public static FeedItem Read(ReadOnlyMemory<byte> json, FeedBody source, Uri baseUrl, string? language)
    {
        using var document = JsonDocument.Parse(json, Options);
        var item = document.RootElement;
        var fields = new FieldSet();
        fields.Id.Offer(Text(item, source.Repairs, "id"), 0);
        AddLink(fields, WebLink.Resolve(baseUrl, Text(item, source.Repairs, "url")), "alternate", rank: 0);
        AddLink(fields, WebLink.Resolve(baseUrl, Text(item, source.Repairs, "external_url")), "related", rank: 1);
        fields.Title.Offer(Text(item, source.Repairs, "title") is { } title ? new FeedText(title, MarkupGuess.IsHtml(title), baseUrl) : null, 0);
        fields.LongBody.Offer(Text(item, source.Repairs, "content_text") is { } plain ? new FeedText(plain, isHtml: false, baseUrl) : null, 1);
        fields.LongBody.Offer(Text(item, source.Repairs, "content_html") is { } html ? new FeedText(html, isHtml: true, baseUrl) : null, 0);
        fields.AddBody(new FeedText(Text(item, source.Repairs, "summary") ?? "", isHtml: false, baseUrl), 0);
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

    private static void AddLink(FieldSet fields, Uri? url, string relation, int rank)
    {
        fields.Link.Offer(url, rank);
        fields.AddLink(url is null ? null : new FeedLink(url, relation, null, null));
    }

    public static void AddPeople(JsonElement people, FieldSet fields, FeedBody source, Uri baseUrl)
    {
        foreach (var person in people.ValueKind is JsonValueKind.Array ? people.EnumerateArray().Take(MostOfOne) : [people])
        {
            if (person.ValueKind is JsonValueKind.Object && Text(person, source.Repairs, "name") is { Length: > 0 and < 200 } name)
            {
                fields.AddAuthor(new FeedPerson(FieldSet.OneLine(name), null, WebLink.Resolve(baseUrl, Text(person, source.Repairs, "url"))));
            }
        }
    }

    private static IEnumerable<JsonElement> List(JsonElement item, string name) =>
        item.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().Take(MostOfOne) : [];

    /// <summary>Ids are numbers in some feeds.</summary>
    private static string? Text(JsonElement item, RepairLog repairs, string name) =>
        !item.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => LegalCharacters.Clean(value.GetString()!, repairs),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
}
