using System.Globalization;
using System.Runtime.InteropServices;
using Monitoring.Storage;

namespace Monitoring.Items.Stories;

/// <summary>What the index holds of an item: enough to find what it may belong to, nothing that could be read.</summary>
/// <param name="Number">Given in the order of filing; of two entries of one item the later counts.</param>
/// <param name="Item">Null if the item was taken out.</param>
/// <param name="Signature">Its MinHash, from which its bands are made; empty if its text is too short.</param>
/// <param name="Keys">Hashes of what two items of one event share: the words, the link, a person or outlet with a place.</param>
internal sealed record IndexEntry(long Number, ItemKey? Item, DateTimeOffset Filed, DateTimeOffset At, string? Language, uint[] Signature, ulong[] Keys)
{
    /// <summary>Of so many persons and outlets; further ones are named by the way.</summary>
    private const int MostSubjects = 8;

    public static IndexEntry Of(long number, StoryMember member, TextSketch sketch, DateTimeOffset now) => new(
        number, member.Item, now, member.At, member.Language, sketch.IsShort ? [] : MinHash.Sign(sketch.Pairs), [.. KeysOf(member, sketch).Distinct()]);

    public bool HasSame(IndexEntry other) => Signature.AsSpan().SequenceEqual(other.Signature) && Keys.AsSpan().SequenceEqual(other.Keys);

    private static IEnumerable<ulong> KeysOf(StoryMember member, TextSketch sketch)
    {
        if (sketch.Words >= TextSketch.FewestSameWords)
        {
            yield return Key("text", sketch.Hash.ToString(CultureInfo.InvariantCulture));
        }

        if (member.Link is { } link)
        {
            yield return Key("link", CanonicalLink.Of(link));
        }

        foreach (var subject in member.Persons.Concat(member.Outlets).Take(MostSubjects))
        {
            foreach (var place in member.Places)
            {
                yield return Key("matter", subject, place);
            }
        }
    }

    private static ulong Key(params ReadOnlySpan<string> parts) => ulong.Parse(Storage.Keys.Hash(parts).AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    internal const string Partition = "window";

    internal Entity ToRow() => new Entity(RowKey(Number))
        .Set("Item", Item?.ToString())
        .Set("Filed", Filed)
        .Set("At", At)
        .Set("Language", Language)
        .Set("Bands", MemoryMarshal.AsBytes<uint>(Signature).ToArray())
        .Set("Keys", MemoryMarshal.AsBytes<ulong>(Keys).ToArray());

    internal static IndexEntry FromRow(Entity row) => new(
        long.Parse(row.Key.Row, CultureInfo.InvariantCulture),
        row.GetText("Item") is { } item ? ItemKey.Parse(item) : null,
        row.NeedTime("Filed"),
        row.NeedTime("At"),
        row.GetText("Language"),
        Values<uint>(row, "Bands") is { Length: MinHash.Length } signature ? signature : [],
        Values<ulong>(row, "Keys"));

    internal static EntityKey RowKey(long number) => new(Partition, number.ToString("D12", CultureInfo.InvariantCulture));

    private static T[] Values<T>(Entity row, string column) where T : unmanaged => MemoryMarshal.Cast<byte, T>(row.GetBytes(column) ?? []).ToArray();
}
