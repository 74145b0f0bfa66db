using System.Text.Encodings.Web;
using System.Text.Json;
using Monitoring.Storage;

namespace Monitoring.Items.Stories;

/// <summary>How members stand in rows: with their item in <c>StoryItems</c>, and in their story's list in <c>Stories</c>.</summary>
internal static class StoryRows
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Entity ToRow(FiledItem filed) => Write(new Entity(filed.Member.Item.Row) { ETag = filed.ETag }, filed.Member)
        .Set("Never", Join(filed.Member.Never))
        .Set("JoinBefore", filed.Member.JoinBefore?.ToString())
        .Set("LeftStory", filed.Member.Left)
        .Set("Sketch", filed.Sketch?.ToBytes())
        .Set("Number", filed.Number)
        .Set("Filed", filed.Filed);

    public static FiledItem FiledFromRow(Entity row) => new(
        Read(row, new ItemKey(row.Key.Partition, row.Key.Row)) with
        {
            Never = Split(row, "Never"),
            Left = row.GetText("LeftStory"),
            JoinBefore = row.GetText("JoinBefore") is { } before ? Enum.Parse<StoryJoin>(before) : null,
        },
        row.GetBytes("Sketch") is { } bytes ? TextSketch.FromBytes(bytes) : null,
        row.GetNumber("Number") ?? 0,
        row.NeedTime("Filed"))
    {
        ETag = row.ETag,
    };

    public static Entity ToRow(string story, StoryMember member) => Write(new Entity(story, MemberRow(member.Item)), member);

    public static StoryMember MemberFromRow(Entity row) =>
        Read(row, ItemKey.Parse(row.Key.Row[MemberPrefix.Length..]) ?? throw new StoredRowException(row.Key, "RowKey"));

    public static bool IsMember(Entity row) => row.Key.Row.StartsWith(MemberPrefix, StringComparison.Ordinal);

    public static string MemberRow(ItemKey item) => MemberPrefix + item;

    /// <summary>Words without blanks in one column; null for none.</summary>
    public static string? Join(IReadOnlyList<string> words) => words.Count == 0 ? null : string.Join(' ', words);

    public static IReadOnlyList<string> Split(Entity row, string column) => row.GetText(column)?.Split(' ') ?? [];

    private const string MemberPrefix = "item.";

    private static Entity Write(Entity row, StoryMember member) => row
        .Set("Home", member.Home)
        .Set("JoinedAs", member.Join.ToString())
        .Set("JoinedTo", member.JoinedTo?.ToString())
        .Set("Reasons", JsonSerializer.Serialize(member.Reasons, Readable))
        .Set("Title", member.Title)
        .Set("Language", member.Language)
        .Set("Link", member.Link?.AbsoluteUri)
        .Set("Publisher", member.Publisher)
        .Set("PublisherName", member.PublisherName)
        .Set("At", member.At)
        .Set("Persons", Join(member.Persons))
        .Set("Outlets", Join(member.Outlets))
        .Set("Acts", Join(member.Acts))
        .Set("Places", Join(member.Places))
        .Set("Credit", member.Credit);

    private static StoryMember Read(Entity row, ItemKey item) => new()
    {
        Item = item,
        Home = row.NeedText("Home"),
        Join = Enum.Parse<StoryJoin>(row.NeedText("JoinedAs")),
        JoinedTo = row.GetText("JoinedTo") is { } other ? ItemKey.Parse(other) : null,
        Reasons = JsonSerializer.Deserialize<IReadOnlyList<Reason>>(row.NeedText("Reasons"), Readable) ?? throw new StoredRowException(row.Key, "Reasons"),
        Title = row.NeedText("Title"),
        Language = row.GetText("Language"),
        Link = row.GetText("Link") is { } link ? new Uri(link) : null,
        Publisher = row.NeedText("Publisher"),
        PublisherName = row.NeedText("PublisherName"),
        At = row.NeedTime("At"),
        Persons = Split(row, "Persons"),
        Outlets = Split(row, "Outlets"),
        Acts = Split(row, "Acts"),
        Places = Split(row, "Places"),
        Credit = row.GetText("Credit"),
    };
}
