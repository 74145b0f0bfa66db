using Monitoring.Watchlist;

namespace Monitoring.Queries;

/// <summary>What is wrong with a topic's query, for those who check a watch list.</summary>
public static class TopicRules
{
    /// <summary>The field, and a sentence with the query and carets under the place.</summary>
    public static IEnumerable<(string Field, string Message)> ProblemsOf(Entry entry)
    {
        if (entry is not Topic { Query: { } query })
        {
            yield break;
        }

        foreach (var error in QueryParser.Parse(query).Errors)
        {
            var (line, carets) = error.Show(query);
            yield return ("query", $"{error.Message}\n    {line}\n    {carets}");
        }
    }
}
