using System.Buffers;
using Monitoring.Storage;
using Monitoring.Storage.Moving;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.Moving;

public sealed class EntityFormTests
{
    [Fact]
    public void A_row_reads_as_it_was_written()
    {
        foreach (var row in new[] { MovingKit.Thing(0), MovingKit.Thing(99), new Entity("p", "r") })
        {
            var read = EntityForm.Read(Form(row));

            Assert.Equal(row.Key, read.Key);
            Assert.Equal(row.Columns.OrderBy(column => column.Key), read.Columns.OrderBy(column => column.Key));
        }
    }

    [Fact]
    public void The_form_depends_neither_on_the_order_of_columns_nor_on_the_etag()
    {
        var one = new Entity("p", "r") { ETag = "1" }.Set("A", 1).Set("B", true);
        var other = new Entity("p", "r") { ETag = "2" }.Set("B", true).Set("A", 1);

        Assert.Equal(Form(one), Form(other));
    }

    [Fact]
    public void Values_that_look_alike_differ_by_their_type()
    {
        var rows = new[]
        {
            new Entity("p", "r").Set("A", 1), new Entity("p", "r").Set("A", 1.0), new Entity("p", "r").Set("A", "1"), new Entity("p", "r").Set("A", true),
            new Entity("p", "r").Set("A", "1"u8.ToArray()), new Entity("p", "r").Set("A", new DateTimeOffset(1, TimeSpan.Zero)), new Entity("p", "r").Set("A", ""),
            new Entity("pr", ""), new Entity("p", "r"),
        };

        Assert.Equal(rows.Length, rows.Select(row => Convert.ToHexString(Form(row))).Distinct().Count());
    }

    [Fact]
    public void Any_other_bytes_are_refused_and_never_more()
    {
        var random = new Random(20261122);
        var good = Form(MovingKit.Thing(99));
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = good.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                EntityForm.Read(bytes.AsSpan(0, random.Next(2) == 0 ? bytes.Length : random.Next(bytes.Length)));
            }
            catch (FormException)
            {
                // The clear answer; anything else fails the test.
            }
        }

        Assert.Throws<FormException>(() => EntityForm.Read([]));
        Assert.Throws<FormException>(() => EntityForm.Read([0x7f, 0xff, 0xff, 0xff, 0]));
    }

    [Fact]
    public void The_sum_of_hashes_depends_on_what_is_summed_and_not_on_the_order()
    {
        var (a, b) = (new byte[32], new byte[32]);
        (a[0], b[31]) = (1, 255);
        Array.Fill(a, (byte)255, 8, 24);

        Assert.Equal(Sum(a, b), Sum(b, a));
        Assert.NotEqual(Sum(a), Sum(a, b));
        Assert.NotEqual(Sum(a), Sum(a, b, b));
        Assert.Equal("0100000000000001" + new string('0', 45) + "0fe", Sum(a, b));
    }

    private static byte[] Form(Entity row)
    {
        var form = new ArrayBufferWriter<byte>();
        EntityForm.Write(row, form);
        return form.WrittenSpan.ToArray();
    }

    private static string Sum(params byte[][] hashes)
    {
        var sum = new HashSum();
        Array.ForEach(hashes, hash => sum.Add(hash));
        return sum.ToString();
    }
}
