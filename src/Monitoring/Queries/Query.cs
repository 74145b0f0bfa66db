namespace Monitoring.Queries;

/// <summary>
/// What is asked of an item, as a tree. Made by <see cref="QueryParser"/>, written by <see cref="QueryWriter"/>. A group holds at least two parts and none of its
/// own kind, so that one question has one tree.
/// </summary>
public abstract record Query
{
    private Query()
    {
    }

    /// <summary>How many parts stand inside one another.</summary>
    public int Depth => 1 + Parts.Select(part => part.Depth).DefaultIfEmpty(0).Max();

    /// <summary>Words that are looked for, in all parts.</summary>
    public int WordCount => this is Phrase phrase ? phrase.Words.Count : Parts.Sum(part => part.WordCount);

    /// <summary>Whether listed persons and outlets must be found in an item before it can be asked.</summary>
    public bool AsksForNames => this is Field { Name: QueryField.Person or QueryField.Outlet or QueryField.Type } || Parts.Any(part => part.AsksForNames);

    internal virtual IReadOnlyList<Query> Parts => [];

    public sealed override string ToString() => QueryWriter.Write(this);

    /// <summary>All of the parts; a single one is itself.</summary>
    internal static Query All(IEnumerable<Query> parts)
    {
        Query[] flat = [.. parts.SelectMany(part => part is AllOf all ? all.Parts : [part])];
        return flat is [var only] ? only : new AllOf(flat);
    }

    /// <summary>Any of the parts; a single one is itself.</summary>
    internal static Query Any(IEnumerable<Query> parts)
    {
        Query[] flat = [.. parts.SelectMany(part => part is AnyOf any ? any.Parts : [part])];
        return flat is [var only] ? only : new AnyOf(flat);
    }

    internal static Query Without(Query part) => part is Except except ? except.Part : new Except(part);

    /// <summary>One word, or several side by side.</summary>
    /// <param name="IsAnyForm">Whether the words that are no prefixes may stand in any inflected form.</param>
    public sealed record Phrase(IReadOnlyList<QueryWord> Words, bool IsAnyForm) : Query;

    public sealed record AllOf : Query
    {
        internal AllOf(IReadOnlyList<Query> parts) => Parts = parts;

        internal override IReadOnlyList<Query> Parts { get; }
    }

    public sealed record AnyOf : Query
    {
        internal AnyOf(IReadOnlyList<Query> parts) => Parts = parts;

        internal override IReadOnlyList<Query> Parts { get; }
    }

    public sealed record Except(Query Part) : Query
    {
        internal override IReadOnlyList<Query> Parts => [Part];
    }

    /// <summary>Two sides, in either order, both in the title or both in the body.</summary>
    /// <param name="Left">A phrase, or a group of phrases of which any may stand there; the right side too.</param>
    /// <param name="Distance">From the nearest word of one to the nearest of the other: 1 is side by side.</param>
    public sealed record Near(Query Left, Query Right, int Distance) : Query
    {
        internal override IReadOnlyList<Query> Parts => [Left, Right];
    }

    /// <summary>All sides in one sentence; each is a phrase or a group of phrases of which any may stand there.</summary>
    public sealed record Sentence : Query
    {
        internal Sentence(IReadOnlyList<Query> parts) => Parts = parts;

        internal override IReadOnlyList<Query> Parts { get; }
    }

    /// <summary>A part of which all words stand in the title, or all in the body.</summary>
    public sealed record Within(bool IsTitle, Query Part) : Query
    {
        internal override IReadOnlyList<Query> Parts => [Part];
    }

    /// <summary>What is known of an item besides its words.</summary>
    /// <param name="Value">As <see cref="QueryFields"/> writes it: names folded, countries and types in capitals.</param>
    public sealed record Field(QueryField Name, string Value) : Query;

    /// <summary>Published on that day (UTC) or later.</summary>
    public sealed record SinceDay(DateOnly Day) : Query;

    /// <summary>Published at most so many days before now.</summary>
    public sealed record SinceDays(int Days) : Query;
}

/// <param name="Text">Folded.</param>
/// <param name="IsPrefix">Any word that begins so.</param>
/// <param name="AfterMark">A comma or another mark may part it from the word before.</param>
public sealed record QueryWord(string Text, bool IsPrefix = false, bool AfterMark = false);

public enum QueryField
{
    Source,
    Lang,
    Country,
    Person,
    Outlet,
    Type,
}
