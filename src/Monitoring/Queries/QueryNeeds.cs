namespace Monitoring.Queries;

/// <summary>Something of which an item must hold at least one before a query is worth evaluating: words, or listed names and types found in it.</summary>
/// <param name="Cost">The less, the rarer they are in texts.</param>
internal sealed record QueryNeeds(IReadOnlyList<QueryWordNeed> Words, IReadOnlyList<Query.Field> Found, double Cost)
{
    private static readonly QueryNeeds Nothing = new([], [], 0);

    /// <summary>Null: the query may hold for an item in which nothing is found.</summary>
    public static QueryNeeds? Of(Query query) => query switch
    {
        Query.Phrase phrase => phrase.Words.Select(word => OfWord(phrase, word)).MinBy(need => need.Cost),
        Query.Field { Name: QueryField.Person or QueryField.Outlet or QueryField.Type } field => new QueryNeeds([], [field], 0.001),
        Query.Within within => Of(within.Part),
        Query.AnyOf => OfAny(query.Parts),
        Query.AllOf or Query.Near or Query.Sentence => query.Parts.Select(Of).OfType<QueryNeeds>().MinBy(need => need.Cost),
        _ => null,
    };

    public static string Excuse(Query query) => Excludes(query)
        ? "The query only excludes; add a word that is looked for."
        : "The query holds for items without any of its words; add a word, a phrase, person:, outlet: or type: that must be there.";

    private static bool Excludes(Query query) => query is Query.Except || (query.Parts.Count > 0 && query.Parts.All(Excludes));

    private static QueryNeeds? OfAny(IReadOnlyList<Query> parts)
    {
        var (words, found, cost) = (new List<QueryWordNeed>(), new List<Query.Field>(), 0.0);
        foreach (var part in parts)
        {
            if (Of(part) is not { } need)
            {
                return null;
            }

            words.AddRange(need.Words);
            found.AddRange(need.Found);
            cost += need.Cost;
        }

        return Nothing with { Words = words, Found = found, Cost = cost };
    }

    /// <summary>Long words are rare; a word in all its forms is more frequent than one, a prefix more than both.</summary>
    private static QueryNeeds OfWord(Query.Phrase phrase, QueryWord word)
    {
        var width = (word.IsPrefix, phrase.IsAnyForm) switch { (true, _) => 4, (_, true) => 2, _ => 1 };
        return new QueryNeeds([new QueryWordNeed(word, phrase.IsAnyForm)], [], (double)width / (word.Text.Length * word.Text.Length));
    }
}

internal readonly record struct QueryWordNeed(QueryWord Word, bool IsAnyForm)
{
    public Languages.Term Term => TermOf(Word, IsAnyForm);

    public static Languages.Term TermOf(QueryWord word, bool isAnyForm) =>
        new(word.Text, word.IsPrefix ? Languages.TermKind.Prefix : isAnyForm ? Languages.TermKind.Inflected : Languages.TermKind.Exact);
}
