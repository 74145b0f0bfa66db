using Monitoring.Storage;

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
        var refused = Refuse(Wide(253));

        Assert.Equal("Table Things, row p/r: at most 252 properties (actual: 253).", refused.Message);
        Assert.Equal(("Things", Key, null, "at most 252 properties", 253L), Parts(refused));
    }

    [Fact]
    public void Everything_at_its_limit_is_legal()
    {
        StorageLimits.Check("Things", Wide(252));
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
        // 4 + 2·(1+1) for the keys; for a binary 8 + 2·2 for its name + 4 + its length.
        var entity = new Entity(Key);
        Enumerable.Range(10, 15).ToList().ForEach(i => entity.Set($"{(char)('A' + i)}0", new byte[65536]));
        const int Fixed = 8 + 15 * (16 + 65536);
        entity.Set("Z0", new byte[StorageLimits.EntityBytes - Fixed - 16]);

        Assert.Equal(1024 * 1024, StorageLimits.Check("Things", entity));
        Assert.Equal(("Things", Key, null, "at most 1048576 bytes an entity", 1048576L + 1 + 8 + 4), Parts(Refuse(entity.Set("Y1", true))));
    }

    [Theory]
    [InlineData("text", 8 + 2 + 4 + 8)]
    [InlineData(7L, 8 + 2 + 8)]
    [InlineData(0.5, 8 + 2 + 8)]
    [InlineData(true, 8 + 2 + 1)]
    public void A_value_counts_as_azure_counts_it(object value, int bytes)
    {
        var entity = value switch
        {
            string text => new Entity(Key).Set("C", text),
            long number => new Entity(Key).Set("C", number),
            double real => new Entity(Key).Set("C", real),
            _ => new Entity(Key).Set("C", (bool)value),
        };

        Assert.Equal(8 + bytes, StorageLimits.Check("Things", entity));
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
    public void A_batch_has_at_most_4_MiB()
    {
        var rows = Enumerable.Range(10, 5).Select(i => Filled($"{i}", new byte[65536], i < 14 ? 15 : 3)).ToList();
        var size = rows.Sum(row => StorageLimits.Check("Things", row));
        const int Column = 8 + 2 * 4 + 4;
        rows[4].Set("Rest", new byte[StorageLimits.BatchBytes - size - Column]);
        StorageLimits.CheckBatch("Things", rows.ConvertAll(TableOperation.Put));

        rows[4].Set("Rest", new byte[StorageLimits.BatchBytes - size - Column + 1]);

        Assert.Equal(("Things", new EntityKey("p", "10"), null, "at most 4194304 bytes a batch", 4194305L), Parts(RefuseBatch(rows.ConvertAll(TableOperation.Put))));
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
