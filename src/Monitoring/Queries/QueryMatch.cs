namespace Monitoring.Queries;

/// <summary>A place in an item for which a query holds.</summary>
/// <param name="Start">In the item's text.</param>
/// <param name="Surface">The words as they stand there.</param>
/// <param name="Part">The part of the query that is found there, in its canonical form.</param>
public sealed record QueryHit(int Start, int Length, string Surface, string Part);

/// <summary>A query that holds for an item.</summary>
/// <param name="Query">Its number in the index.</param>
/// <param name="Hits">In the order of the text; never empty.</param>
/// <param name="HasMore">There are more hits than <see cref="QueryIndex.MostHits"/>.</param>
public sealed record QueryMatch(int Query, IReadOnlyList<QueryHit> Hits, bool HasMore);
