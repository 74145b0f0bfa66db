using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monitoring.Storage;

namespace Monitoring.Watchlist.Files;

/// <summary>
/// An entry as a row: one column per field, lists as JSON. Table <c>WatchList</c>: partition = kind, row = id; queries served: all entries, all of a kind.
/// <c>Hash</c> is of the entry as it stands, <c>FileHash</c> as it stood in the last imported or exported file: they differ after an edit on pages.
/// </summary>
internal static class EntryRow
{
    public const string Hash = "Hash";
    public const string FileHash = "FileHash";
    public const string RetiredAt = "RetiredAt";
    public const string Identity = "Identity";
    public const string ChangedAt = "ChangedAt";
    public const string ChangedBy = "ChangedBy";

    private static readonly HashSet<string> Own = [Hash, FileHash, RetiredAt, Identity, ChangedAt, ChangedBy];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Partition(EntryKind kind) => kind.ToString().ToLowerInvariant();

    public static EntityKey Key(EntryKind kind, string id) => new(Partition(kind), id);

    /// <summary>The row without its system columns other than the hashes of its content.</summary>
    public static Entity Write(Entry entry)
    {
        var form = EntryForm.Of(entry.Kind);
        var map = form.Write(entry);
        var row = new Entity(Key(entry.Kind, entry.Id));
        foreach (var (name, node) in map.Fields.Where(field => field.Key != "id"))
        {
            row.Set(Column(name), node is Node.Scalar scalar ? scalar.Value : Json(node).ToJsonString(Readable));
        }

        return row
            .Set(Hash, HashOf(map))
            .Set(Identity, IdentityOf(entry));
    }

    public static string HashOf(Entry entry) => HashOf(EntryForm.Of(entry.Kind).Write(entry));

    public static string IdentityOf(Entry entry) => Keys.Hash(EntryForm.Of(entry.Kind).Identity(entry));

    /// <exception cref="StoredRowException">The row was not written by a version this one can read.</exception>
    public static Entry Read(Entity row)
    {
        var form = EntryForm.All.First(candidate => Partition(candidate.Kind) == row.Key.Partition);
        var fields = row.Columns.Where(column => !Own.Contains(column.Key)).Select(column => KeyValuePair.Create(Field(column.Key), Node(row, column.Key)));
        var map = new Node.Map([.. fields.Append(KeyValuePair.Create<string, Node>("id", new Node.Scalar(row.Key.Row)))]);
        return form.Read(new FieldReader(map, row.Key.Partition, (_, at, _) => throw new StoredRowException(row.Key, at)), row.Key.Row, country: null);
    }

    /// <summary>What stands in the column of a field; null if nothing does.</summary>
    public static string? TextOf(Entity row, string field) => row.GetText(Column(field));

    private static string HashOf(Node.Map map) => Keys.Hash(Json(map).ToJsonString(Readable));

    private static Node Node(Entity row, string column)
    {
        var text = row.NeedText(column);
        return text.StartsWith('[') && IsList(Field(column)) ? List(JsonNode.Parse(text)!.AsArray()) : new Node.Scalar(text);
    }

    private static bool IsList(string field) => field is "aliases" or "context" or "domains" or "keywords" or "languages" or "countries" or "only" or "follow" or MaintenanceField.Name or TellingRulesField.Name;

    private static Node.List List(JsonArray items) => new([.. items.Select(Item)]);

    private static Node Item(JsonNode? item) => item switch
    {
        JsonObject map => Map(map),
        JsonArray list => List(list),
        _ => new Node.Scalar((string)item!),
    };

    private static Node.Map Map(JsonObject map) => new([.. map.Select(field => KeyValuePair.Create(field.Key, Item(field.Value)))]);

    private static JsonNode Json(Node node) => node switch
    {
        Node.Scalar scalar => JsonValue.Create(scalar.Value),
        Node.List list => new JsonArray([.. list.Items.Select(Json)]),
        Node.Map map => new JsonObject(map.Fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Json(field.Value)))),
        _ => throw new UnreachableException(),
    };

    private static string Column(string field) => char.ToUpperInvariant(field[0]) + field[1..];

    private static string Field(string column) => char.ToLowerInvariant(column[0]) + column[1..];
}
