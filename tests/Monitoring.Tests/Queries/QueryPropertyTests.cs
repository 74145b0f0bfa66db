using Monitoring.Queries;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Queries;

/// <summary>What holds for every query and every text.</summary>
public sealed class QueryPropertyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_canonical_form_of_a_tree_reads_as_that_tree()
    {
        var random = new RandomQuery(21);
        var read = 0;
        for (var round = 0; round < 3000; round++)
        {
            var tree = random.Whole();
            var parsed = QueryParser.Parse(tree.ToString());
            if (parsed.Query is { } query)
            {
                read++;
                Assert.Equal(RandomQuery.Dump(tree), RandomQuery.Dump(query));
            }
            else
            {
                Assert.Contains(parsed.Errors, error => error.Message.StartsWith("The query ", StringComparison.Ordinal) || error.Message.StartsWith("Only words may", StringComparison.Ordinal));
            }
        }

        Assert.True(read > 2000, $"{read}");
    }

    [Fact]
    public void The_index_finds_what_a_naive_reader_finds()
    {
        var random = new RandomQuery(22);
        var held = 0;
        for (var round = 0; round < 60; round++)
        {
            var queries = Enumerable.Range(0, 100).Select(_ => random.Whole()).Where(query => QueryNeeds.Of(query) is not null).ToList();
            var index = QueryIndex.Compile(queries);
            for (var text = 0; text < 5; text++)
            {
                var document = random.Document();
                var naive = new NaiveQuery(document, Now);
                var matches = index.Find(document, Now).ToDictionary(match => match.Query);
                for (var number = 0; number < queries.Count; number++)
                {
                    var expected = naive.Find(queries[number]);
                    var found = matches.GetValueOrDefault(number)?.Hits.Select(hit => (hit.Start, hit.Length)).ToHashSet();
                    Assert.True(
                        expected is null ? found is null : found is not null && found.SetEquals(expected),
                        $"round {round}: {queries[number]} in\n{document.Text.Text}\n{string.Join(' ', expected ?? [])}\n{string.Join(' ', found ?? [])}");
                    held += expected is null ? 0 : 1;
                }
            }
        }

        Assert.True(held > 3000, $"{held}");
    }

    [Fact]
    public void Any_text_is_read_as_a_query_or_gets_errors_that_lie_in_it()
    {
        var random = new RandomText(23);
        const string Signs = "аб суд задержать AND OR NOT NEAR/5 SENTENCE () \"\" ~ * - : title: lang:ru «» \n";
        string[] pieces = Signs.Split(' ');
        for (var round = 0; round < 5000; round++)
        {
            var query = string.Concat(Enumerable.Range(0, random.Number(12)).Select(_ => random.Of(pieces) + (random.Number(3) == 0 ? "" : " "))) + random.Next(random.Number(4) == 0 ? 20 : 0);
            var parsed = QueryParser.Parse(query);
            Assert.True(parsed.Query is null == parsed.Errors.Count > 0, query);
            foreach (var error in parsed.Errors)
            {
                Assert.InRange(error.Start, 0, query.Length);
                Assert.InRange(error.Start + error.Length, error.Start, query.Length);
                Assert.Contains('^', error.Show(query).Carets);
            }

            if (parsed.Query is { } read)
            {
                var again = QueryParser.Parse(read.ToString());
                Assert.True(again.Query is not null && RandomQuery.Dump(again.Query) == RandomQuery.Dump(read), $"{query} -> {read}: {string.Join(' ', again.Errors)}");
            }
        }
    }
}
