using Monitoring.Storage;
using Monitoring.Storage.AzureStorage;

namespace Monitoring.Tests.Storage;

public sealed class StorageLimitsTests
{
    private static readonly EntityKey Key = new("p", "r");

    [Fact]
    public void A_refusal_names_the_place_and_the_sizes_and_never_the_content()
    {
        var refused = Refuse(new Entity(Key).Set("Note", new string('s', StorageLimits.TextCharacters + 1)));

        Assert.Equal("Table Things, row p/r, property Note: at most 32768 characters a text (actual: 32769).", refused.Message);
        Assert.Equal(("Things", Key, "Note", "at most 32768 characters a text", 32769L), Parts(refused));
    }

    [Fact]
    public void The_message_of_a_whole_row_names_no_property()
    {
        var refused = Refuse(Wide(252));

        Assert.Equal("Table Things, row p/r: at most 251 properties (actual: 252).", refused.Message);
        Assert.Equal(("Things", Key, null, "at most 251 properties", 252L), Parts(refused));
    }

    [Fact]
    public void Everything_at_its_limit_is_legal()
    {
        StorageLimits.Check("Things", Wide(251));
        StorageLimits.Check("Things", new Entity(new string('p', 512), new string('r', 512)));
        StorageLimits.Check("Things", new Entity(Key).Set("Text", new string('Ж', 32 * 1024)).Set("Bytes", new byte[64 * 1024]).Set(new string('n', 255), true));
        StorageLimits.Check("Things", new Entity(Key).Set("Time", StorageLimits.EarliestTime).Set("N_1", 1));
    }

    [Fact]
    public void A_binary_has_at_most_64_KiB()
    {
        var refused = Refuse(new Entity(Key).Set("Bytes", new byte[64 * 1024 + 1]));

        Assert.Equal(("Things", Key, "Bytes", "at most 65536 bytes a binary", 65537L), Parts(refused));
    }

    [Fact]
    public void An_entity_has_at_most_1_MiB_counted_as_azure_counts()
    {
        // 4 + 2·(1+1) for the keys, 8 + 2·7 + 4 + 2·16 for the mark of the write; for a binary 8 + 2·2 for its name + 4 + its length.
        var entity = new Entity(Key);
        Enumerable.Range(10, 15).ToList().ForEach(i => entity.Set($"{(char)('A' + i)}0", new byte[65536]));
        const int Fixed = 8 + 58 + 15 * (16 + 65536);
        entity.Set("Z0", new byte[StorageLimits.EntityBytes - Fixed - 16]);

        StorageLimits.Check("Things", entity);
        Assert.Equal(("Things", Key, null, "at most 1048576 bytes an entity", 1048576L + 1 + 8 + 4), Parts(Refuse(entity.Set("Y1", true))));
    }

    [Theory]
    [InlineData("text", 8 + 2 + 4 + 8)]
    [InlineData(7L, 8 + 2 + 8)]
    [InlineData(0.5, 8 + 2 + 8)]
    [InlineData(true, 8 + 2 + 1)]
    public void A_value_counts_as_azure_counts_it(object value, int bytes)
    {
        var full = new Entity(Key);
        Enumerable.Range(10, 15).ToList().ForEach(i => full.Set($"{(char)('A' + i)}0", new byte[65536]));
        full.Set("Z0", new byte[65000]);
        var one = value switch
        {
            string text => full.Set("C", text),
            long number => full.Set("C", number),
            double real => full.Set("C", real),
            _ => full.Set("C", (bool)value),
        };
        const int Before = 8 + 58 + 15 * (16 + 65536) + 16 + 65000;

        // The text that fills the row to one byte (two: UTF-16) too much.
        var rest = (StorageLimits.EntityBytes - Before - bytes - 8 - 2 - 4) / 2 + 1;
        Assert.Equal(Before + bytes + 8 + 2 + 4 + 2L * rest, Refuse(one.Set("D", new string('x', rest))).Actual);
    }

    [Fact]
    public void No_time_is_before_1601()
    {
        var refused = Refuse(new Entity(Key).Set("At", StorageLimits.EarliestTime.AddTicks(-1)));
        Assert.Equal(("Things", Key, "At", "no time before 1601; the year is", 1600L), Parts(refused));

        Assert.Equal(1, Refuse(new Entity(Key).Set("At", default(DateTimeOffset))).Actual);
    }

    [Theory]
    [InlineData("", "r", "PartitionKey", "1 to 512 characters a key", 0)]
    [InlineData("p", "", "RowKey", "1 to 512 characters a key", 0)]
    [InlineData("a/b", "r", "PartitionKey", "characters A-Z a-z 0-9 . _ ~ - in keys; the first other one is at position", 1)]
    [InlineData("p", "имя", "RowKey", "characters A-Z a-z 0-9 . _ ~ - in keys; the first other one is at position", 0)]
    [InlineData("p", "row ", "RowKey", "characters A-Z a-z 0-9 . _ ~ - in keys; the first other one is at position", 3)]
    [InlineData("p", "r\n", "RowKey", "characters A-Z a-z 0-9 . _ ~ - in keys; the first other one is at position", 1)]
    [InlineData("p", "\0", "RowKey", "characters A-Z a-z 0-9 . _ ~ - in keys; the first other one is at position", 0)]
    [InlineData("p", "100%", "RowKey", "characters A-Z a-z 0-9 . _ ~ - in keys; the first other one is at position", 3)]
    public void Keys_are_short_plain_ascii(string partition, string row, string property, string limit, long actual)
    {
        var refused = Refuse(new Entity(partition, row));

        Assert.Equal(("Things", new EntityKey(partition, row), property, limit, actual), Parts(refused));
    }

    [Theory]
    [InlineData("PartitionKey", 513, 1)]
    [InlineData("RowKey", 1, 513)]
    public void A_key_has_at_most_512_characters(string property, int partition, int row)
    {
        var refused = Refuse(new Entity(new string('k', partition), new string('k', row)));

        Assert.Equal((property, "1 to 512 characters a key", 513L), (refused.Property, refused.Limit, refused.Actual));
    }

    [Theory]
    [InlineData("", "1 to 255 characters a property name")]
    [InlineData("1st", "property names are ASCII identifiers other than the system's")]
    [InlineData("a-b", "property names are ASCII identifiers other than the system's")]
    [InlineData("a b", "property names are ASCII identifiers other than the system's")]
    [InlineData("a.b", "property names are ASCII identifiers other than the system's")]
    [InlineData("имя", "property names are ASCII identifiers other than the system's")]
    [InlineData("PartitionKey", "property names are ASCII identifiers other than the system's")]
    [InlineData("RowKey", "property names are ASCII identifiers other than the system's")]
    [InlineData("WriteId", "property names are ASCII identifiers other than the system's")]
    [InlineData("Timestamp", "property names are ASCII identifiers other than the system's")]
    [InlineData("odata.etag", "property names are ASCII identifiers other than the system's")]
    public void Property_names_are_ascii_identifiers(string name, string limit)
    {
        var refused = Refuse(new Entity(Key).Set(name, 1));

        Assert.Equal(("Things", Key, name, limit, name.Length), Parts(refused));
    }

    [Fact]
    public void A_property_name_has_at_most_255_characters()
    {
        var name = new string('n', 256);

        Assert.Equal(("Things", Key, name, "1 to 255 characters a property name", 256L), Parts(Refuse(new Entity(Key).Set(name, 1))));
    }

    [Fact]
    public void A_batch_has_1_to_100_operations()
    {
        var many = Enumerable.Range(0, 101).Select(i => TableOperation.Add(new Entity("p", $"{i}"))).ToList();

        Assert.Equal(("Things", new EntityKey("p", "0"), null, "1 to 100 operations a batch", 101L), Parts(RefuseBatch(many)));
        Assert.Equal(("Things", default, null, "1 to 100 operations a batch", 0L), Parts(RefuseBatch([])));
    }

    [Fact]
    public void A_batch_has_at_most_4_MiB_as_it_is_sent()
    {
        // Three rows of 15 × 64 KiB: base64 makes four thirds of them.
        var rows = Enumerable.Range(10, 3).Select(i => Filled($"{i}", new byte[65536], 15)).ToList();
        StorageLimits.CheckBatch("Things", rows.ConvertAll(TableOperation.Put));
        var size = rows.Sum(row => StorageLimits.Check("Things", row));
        Assert.InRange(size, 3 * 15 * 65536 * 4 / 3, 3 * 15 * 65536 * 4 / 3 + 10_000);

        rows.Add(Filled("13", new byte[65536], 3));

        var refused = RefuseBatch(rows.ConvertAll(TableOperation.Put));
        Assert.Equal(("Things", new EntityKey("p", "10"), null, "at most 4194304 bytes a batch"), (refused.Table, refused.Key, refused.Property, refused.Limit));
        Assert.Equal(size + StorageLimits.Check("Things", rows[3]), refused.Actual);
    }

    [Theory]
    [InlineData("plain ASCII, with a quote \" and \\ in it")]
    [InlineData("Задержана журналистка: «Ёлка»")]
    [InlineData("Қазақстан Республикасы")]
    [InlineData("👩🏽‍⚖️ 🇰🇿 \u2028\ufeff\u007f\0\a")]
    public void What_an_entity_takes_of_a_batch_is_never_less_than_what_is_sent(string text)
    {
        var entity = new Entity(Key).Set("Text", text).Set("Number", long.MinValue).Set("Real", double.MinValue).Set("Flag", false)
            .Set("Time", StorageLimits.EarliestTime).Set("Bytes", new byte[7]);

        var sent = TableBatch.Write("https://abcdefghijklmnopqrstuvwx.table.core.windows.net", new string('T', 63), "0123456789abcdef", [TableOperation.Replace(entity)], _ => new string('e', 64));

        Assert.InRange(StorageLimits.Check("Things", entity), sent.Length, sent.Length + 1000);
    }

    [Fact]
    public void A_batch_has_one_partition_and_each_row_once()
    {
        var other = RefuseBatch([TableOperation.Add(new Entity("p", "r")), TableOperation.Add(new Entity("P", "r"))]);
        Assert.Equal(("Things", new EntityKey("P", "r"), "PartitionKey", "one partition a batch", 2L), Parts(other));

        var twice = RefuseBatch([TableOperation.Add(new Entity("p", "r")), TableOperation.Delete(new EntityKey("p", "r"))]);
        Assert.Equal(("Things", Key, "RowKey", "each row once a batch", 2L), Parts(twice));
    }

    private static Entity Wide(int columns)
    {
        var entity = new Entity(Key);
        Enumerable.Range(0, columns).ToList().ForEach(i => entity.Set($"C{i}", i));
        return entity;
    }

    private static Entity Filled(string row, byte[] value, int columns)
    {
        var entity = new Entity("p", row);
        Enumerable.Range(0, columns).ToList().ForEach(i => entity.Set($"{(char)('A' + i)}0", value));
        return entity;
    }

    private static StorageLimitException Refuse(Entity entity) => Assert.Throws<StorageLimitException>(() => StorageLimits.Check("Things", entity));

    private static StorageLimitException RefuseBatch(IReadOnlyList<TableOperation> batch) =>
        Assert.Throws<StorageLimitException>(() => StorageLimits.CheckBatch("Things", batch));

    private static (string Table, EntityKey Key, string? Property, string Limit, long Actual) Parts(StorageLimitException refused) =>
        (refused.Table, refused.Key, refused.Property, refused.Limit, refused.Actual);
}
