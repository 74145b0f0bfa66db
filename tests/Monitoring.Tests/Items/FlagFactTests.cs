using Monitoring.Items;

namespace Monitoring.Tests.Items;

public sealed class FlagFactTests
{
    [Theory]
    [InlineData(1, 0, "fact.mentioned: A1")]
    [InlineData(0, 1, "fact.topic: T1")]
    [InlineData(1, 1, "fact.topic_about: T1 | A1")]
    [InlineData(3, 1, "fact.topic_about: T1 | A1, A2, A3")]
    [InlineData(100, 4, "fact.topic_about: T1, T2, T3 (+1) | A1, A2, A3 (+97)")] // a list of everybody
    public void A_fact_says_what_and_the_first_names(int named, int topics, string expected)
    {
        var fact = FlagFact.Of([.. Subjects(FindingKind.Person, "A", named), .. Subjects(FindingKind.Topic, "T", topics)]);

        Assert.Equal(expected, $"{fact.Text}: {string.Join(" | ", fact.Values)}");
    }

    [Fact]
    public void A_name_that_two_entries_share_is_said_once()
    {
        var fact = FlagFact.Of([new(FindingKind.Person, "1", "Аян"), new(FindingKind.Outlet, "2", "Аян")]);

        Assert.Equal(["Аян"], fact.Values);
    }

    private static IEnumerable<FlagSubject> Subjects(FindingKind kind, string letter, int count) =>
        Enumerable.Range(1, count).Select(i => new FlagSubject(kind, $"{letter}{i}", $"{letter}{i}"));
}
