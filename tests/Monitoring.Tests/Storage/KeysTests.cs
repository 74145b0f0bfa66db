using System.Globalization;
using Monitoring.Storage;

namespace Monitoring.Tests.Storage;

public sealed class KeysTests
{
    [Theory]
    [InlineData("source-1")]
    [InlineData("A-Z.a_z~0")]
    [InlineData("-")]
    public void Text_that_may_stand_in_a_key_stays(string text)
    {
        Assert.Equal(text, Keys.Safe(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("https://example.org/")]
    [InlineData("Алматы")]
    public void Other_text_becomes_its_hash(string text)
    {
        Assert.Equal(Keys.Hash(text), Keys.Safe(text));
        Assert.Matches("^[0-9a-f]{32}$", Keys.Safe(text));
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 32)]
    public void Long_text_becomes_its_hash(int length, int expected)
    {
        Assert.Equal(expected, Keys.Safe(new string('x', length)).Length);
    }

    [Fact]
    public void The_hash_never_changes_because_rows_are_found_by_it()
    {
        // Computed by another program.
        Assert.Equal("72ff6b02949dad95006c343e3db31500", Keys.Hash("a"));
        Assert.Equal("152ca50f209d736833caa999e4cb44e3", Keys.Hash("Алматы", "", "x"));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb924", Keys.Hash());
    }

    [Fact]
    public void No_two_lists_of_parts_have_the_same_hash()
    {
        string[] hashes = [Keys.Hash(), Keys.Hash(""), Keys.Hash("", ""), Keys.Hash("ab"), Keys.Hash("a", "b"), Keys.Hash("b", "a"), Keys.Hash("ab", ""), Keys.Hash("", "ab")];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("2026-11-22T07:05:01.1234567+00:00", "20261122T070501.1234567")]
    [InlineData("2026-11-22T02:05:01.1234567+05:00", "20261121T210501.1234567")] // in UTC
    [InlineData("0001-01-01T00:00:00.0000000+00:00", "00010101T000000.0000000")]
    [InlineData("9999-12-31T23:59:59.9999999+00:00", "99991231T235959.9999999")]
    public void A_time_is_written_and_read_to_100_ns(string time, string key)
    {
        Assert.Equal(key, Keys.Time(At(time)));
        Assert.Equal((At(time).UtcTicks, TimeSpan.Zero), (Keys.ParseTime(key).UtcTicks, Keys.ParseTime(key).Offset));
    }

    [Fact]
    public void Times_sort_as_texts_and_newest_first_the_other_way()
    {
        DateTimeOffset[] times = [At("0001-01-01T00:00:00Z"), At("1999-12-31T23:59:59Z"), At("2026-11-22T07:05:01Z"), At("2026-11-22T07:05:01.0000001Z"), At("9999-12-31T23:59:59Z")];

        Assert.Equal(times, times.OrderBy(Keys.Time, StringComparer.Ordinal));
        Assert.Equal(times, times.OrderByDescending(Keys.NewestFirst, StringComparer.Ordinal));
        Assert.All(times, time => Assert.Equal(19, Keys.NewestFirst(time).Length));
    }

    [Fact]
    public void Days_hours_and_minutes_are_those_of_utc()
    {
        var time = At("2026-11-22T02:05:59.9999999+05:00");

        Assert.Equal(("20261121", "2026112121", "202611212105"), (Keys.Day(time), Keys.Hour(time), Keys.Minute(time)));
    }

    [Fact]
    public void Keys_do_not_follow_the_calendar_of_the_machine()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Thailand's calendar is 543 years ahead.
            CultureInfo.CurrentCulture = new CultureInfo("th-TH");
            Assert.Equal("20261122T070501.0000000", Keys.Time(At("2026-11-22T07:05:01Z")));
            Assert.Equal("20261122", Keys.Day(At("2026-11-22T07:05:01Z")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_key_made_here_is_a_legal_key()
    {
        var time = At("2026-11-22T07:05:01.1234567Z");
        string[] keys = [Keys.Safe("Алматы"), Keys.Hash("a"), Keys.Time(time), Keys.NewestFirst(time), Keys.Day(time), Keys.Hour(time), Keys.Minute(time)];

        Assert.All(keys, key => StorageLimits.Check("Things", new Entity(key, key)));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
