using System.Globalization;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>What every engine owes for values: each type comes back as it went in, to the last bit.</summary>
public abstract class TableTypesContract : EngineContract
{
    private static readonly EntityKey Key = new("p", "r");

    [Theory]
    [InlineData(0)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData((1L << 53) + 1)] // no double holds it
    public async Task Numbers_come_back(long value)
    {
        var stored = await RoundTripAsync(row => row.Set("C", value));

        Assert.Equal(value, stored.GetNumber("C"));
    }

    [Theory]
    [InlineData(1.0)] // must not come back as a long
    [InlineData(0.0)]
    [InlineData(-0.1)]
    [InlineData(0.1)]
    [InlineData(1e20)] // a whole number that no long holds
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(double.MinValue)]
    public async Task Reals_come_back_bit_by_bit(double value)
    {
        var stored = await RoundTripAsync(row => row.Set("C", value));

        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(stored.GetReal("C")!.Value));
        Assert.Null(stored.GetNumber("C"));
    }

    [Fact]
    public async Task A_negative_zero_is_zero()
    {
        var stored = await RoundTripAsync(row => row.Set("C", -0.0));

        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(stored.GetReal("C")!.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flags_come_back(bool value)
    {
        var stored = await RoundTripAsync(row => row.Set("C", value));

        Assert.Equal(value, stored.GetFlag("C"));
    }

    [Theory]
    [InlineData("2026-11-22T07:05:01.1234567+00:00")] // to 100 ns
    [InlineData("2026-11-22T07:05:01.0000001+05:00")]
    [InlineData("2026-03-29T01:30:00.0000000-11:30")]
    [InlineData("1601-01-01T00:00:00.0000000+00:00")] // the earliest
    [InlineData("9999-12-31T23:59:59.9999999+00:00")]
    public async Task Times_come_back_to_100_ns_in_utc(string text)
    {
        var value = DateTimeOffset.ParseExact(text, "o", CultureInfo.InvariantCulture);

        var stored = (await RoundTripAsync(row => row.Set("C", value))).GetTime("C")!.Value;

        Assert.Equal((value.UtcTicks, TimeSpan.Zero), (stored.UtcTicks, stored.Offset));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Задержана журналистка: «Ёлка»")]
    [InlineData("Қазақстан Республикасы — әіңғүұқөһ")]
    [InlineData("👩🏽‍⚖️ 🇰🇿")]
    [InlineData("quote \" backslash \\ slash / angle < & > '")]
    [InlineData("zero \0 bell \a tab \t end \r\n\u0085\u2028\ufeff")]
    [InlineData("{\"real\":\"1\"}")] // looks like the storage format
    [InlineData("2026-11-22T07:05:01.1234567Z")] // must not come back as a time
    public async Task Texts_come_back(string value)
    {
        var stored = await RoundTripAsync(row => row.Set("C", value));

        Assert.Equal(value, stored.GetText("C"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(StorageLimits.BinaryBytes)]
    public async Task Bytes_come_back(int length)
    {
        var value = new byte[length];
        new Random(7).NextBytes(value);

        var stored = await RoundTripAsync(row => row.Set("C", value));

        Assert.Equal(value, stored.GetBytes("C"));
    }

    [Fact]
    public async Task The_longest_text_comes_back()
    {
        var value = new string('Ж', StorageLimits.TextCharacters);

        var stored = await RoundTripAsync(row => row.Set("C", value));

        Assert.Equal(value, stored.GetText("C"));
    }

    [Fact]
    public async Task As_many_columns_as_are_legal_come_back()
    {
        var stored = await RoundTripAsync(row => Enumerable.Range(0, StorageLimits.Properties).ToList().ForEach(i => row.Set($"C{i}", i)));

        Assert.Equal(Enumerable.Range(0, StorageLimits.Properties).Select(i => (long?)i), Enumerable.Range(0, StorageLimits.Properties).Select(i => stored.GetNumber($"C{i}")));
    }

    [Fact]
    public async Task Columns_are_told_apart_by_case()
    {
        var stored = await RoundTripAsync(row => row.Set("Name", "upper").Set("name", "lower"));

        Assert.Equal(("upper", "lower"), (stored.GetText("Name"), stored.GetText("name")));
    }

    [Fact]
    public async Task A_row_without_columns_comes_back()
    {
        Assert.Empty((await RoundTripAsync(_ => { })).Columns);
    }

    [Fact]
    public async Task A_column_of_another_type_reads_as_absent()
    {
        var stored = await RoundTripAsync(row => row.Set("C", 1));

        Assert.Equal((null, null, null, null, null), (stored.GetText("C"), stored.GetReal("C"), stored.GetFlag("C"), stored.GetTime("C"), stored.GetBytes("C")));
    }

    [Fact]
    public async Task Half_a_character_is_replaced_and_never_an_error()
    {
        var stored = await RoundTripAsync(row => row.Set("C", "one \ud83d half \udc00"));

        Assert.Equal("one \ufffd half \ufffd", stored.GetText("C"));
    }

    private async Task<Entity> RoundTripAsync(Action<Entity> set)
    {
        var row = new Entity(Key);
        set(row);
        Assert.Equal(AddResult.Added, await Table.AddAsync(row, CancellationToken.None));
        return (await Table.GetAsync(Key, columns: null, CancellationToken.None))!;
    }
}
