using System.Globalization;
using System.Text;
using Monitoring.Work;

namespace Monitoring.Tests.Work;

public sealed class WorkItemTests
{
    [Theory]
    [InlineData("visit-source", "source-1")]
    [InlineData("check-site", "сайт «Жаңалық» 👍 \" \\ \0 \u2028")]
    public void An_item_reads_as_it_was_written(string kind, string subject)
    {
        var item = new WorkItem(kind, subject);

        Assert.Equal(new WorkItemReading.Read(item), WorkItem.Read(item.Write()));
    }

    [Fact]
    public void The_written_form_never_changes_because_older_and_newer_programs_read_it()
    {
        Assert.Equal("""{"workKind":"visit-source","workSubject":"source-1","workVersion":1}""", new WorkItem("visit-source", "source-1").Write());
    }

    [Theory]
    [InlineData("""{"workKind":"k","workSubject":"s"}""")] // the version is 1 if absent
    [InlineData("""{"workSubject":"s","workVersion":1,"workKind":"k"}""")]
    [InlineData("""{"workKind":"k","workSubject":"s","workVersion":1,"later":{"a":[1]}}""")] // fields of a later program
    [InlineData(" \n{ \"workKind\" : \"k\", \"workSubject\" : \"\\u0073\" }\n")]
    public void What_says_the_same_reads_the_same(string text)
    {
        Assert.Equal(new WorkItemReading.Read(new WorkItem("k", "s")), WorkItem.Read(text));
    }

    [Theory]
    [InlineData("""{"workKind":"k","workSubject":"s","workVersion":2}""", 2)]
    [InlineData("""{"workKind":"k","workSubject":"s","workVersion":2147483647}""", int.MaxValue)]
    public void A_newer_item_is_told_from_a_malformed_one(string text, int version)
    {
        Assert.Equal(version, Assert.IsType<WorkItemReading.Newer>(WorkItem.Read(text)).Item.Version);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"workKind":"k"}""")]
    [InlineData("""{"workSubject":"s"}""")]
    [InlineData("""{"workKind":"","workSubject":"s"}""")]
    [InlineData("""{"workKind":"k","workSubject":null}""")]
    [InlineData("""{"WORKKIND":"k","WORKSUBJECT":"s"}""")] // names have a case
    public void An_item_without_kind_or_subject_is_malformed(string text)
    {
        Assert.Equal(new WorkItemReading.Malformed("workKind and workSubject are expected"), WorkItem.Read(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("visit source-1")]
    [InlineData("[]")]
    [InlineData("\"k\"")]
    [InlineData("{\"workKind\":\"k\",\"workSubject\":\"s\"")] // cut off
    [InlineData("{\"workKind\":\"k\",\"workSubject\":\"s\"} {}")]
    [InlineData("{\"workKind\":7,\"workSubject\":\"s\"}")]
    [InlineData("{\"workKind\":\"k\",\"workSubject\":[\"s\"]}")]
    [InlineData("{\"workKind\":\"k\",\"workSubject\":\"s\",\"workVersion\":\"2\"}")]
    [InlineData("{\"workKind\":\"k\",\"workSubject\":\"s\",\"workVersion\":1.5}")]
    [InlineData("{\"workKind\":\"k\",\"workSubject\":\"\\ud800\"}")] // half a character, escaped
    [InlineData("\0")]
    public void Anything_else_is_malformed(string text)
    {
        Assert.Equal(new WorkItemReading.Malformed("a JSON object is expected"), WorkItem.Read(text));
    }

    [Fact]
    public void Half_a_character_is_malformed()
    {
        // Not among the cases above: attributes keep no half characters.
        Assert.Equal(new WorkItemReading.Malformed("a JSON object is expected"), WorkItem.Read("{\"workKind\":\"k\",\"workSubject\":\"\ud800\"}"));
    }

    [Fact]
    public void Deep_nesting_is_malformed()
    {
        Assert.IsType<WorkItemReading.Malformed>(WorkItem.Read("{\"a\":" + new string('[', 100_000)));
    }

    [Fact]
    public void Reading_garbage_never_throws()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        var good = Encoding.UTF8.GetBytes(new WorkItem("visit-source", "Алматы").Write());
        for (var round = 0; round < 2000; round++)
        {
            var bytes = round % 2 == 0 ? Garbage(random) : Mutated(random, good);
            var text = round % 3 == 0 ? new string([.. bytes.Select(b => (char)(b * 257))]) : Encoding.UTF8.GetString(bytes);
            var failure = Record.Exception(() => WorkItem.Read(text));

            Assert.True(failure is null, string.Create(CultureInfo.InvariantCulture, $"Seed {Seed}, round {round}: {failure?.GetType().Name} at {Convert.ToHexString(bytes)}"));
        }
    }

    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutated(Random random, byte[] good)
    {
        var bytes = good.ToArray();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }
}
