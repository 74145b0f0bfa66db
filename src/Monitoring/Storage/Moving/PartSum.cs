namespace Monitoring.Storage.Moving;

/// <summary>What a store is counted by.</summary>
public enum PartKind
{
    /// <summary>The rows of a table.</summary>
    Table,

    /// <summary>The blobs whose names begin with the same segment.</summary>
    Blobs,
}

/// <summary>How much a part of a store holds, and a hash of it that is the same in every engine.</summary>
/// <param name="Name">The table's name or the first segment of the blobs' names.</param>
/// <param name="Count">Rows or blobs; at least 1: a part that holds nothing is no part.</param>
/// <param name="Hash">64 hexadecimal digits: of rows their keys and typed columns, of blobs names, lengths and contents.</param>
public sealed record PartSum(PartKind Kind, string Name, long Count, string Hash);

/// <summary>One part on both sides; null where a side has nothing of it.</summary>
public sealed record PartComparison(PartKind Kind, string Name, PartSum? From, PartSum? To)
{
    public bool IsSame => From == To;

    /// <summary>All parts that either side has: tables first, in ordinal order of names.</summary>
    public static IReadOnlyList<PartComparison> Of(IReadOnlyList<PartSum> from, IReadOnlyList<PartSum> to) =>
    [
        .. from.Concat(to).Select(part => (part.Kind, part.Name)).Distinct().OrderBy(part => part.Kind).ThenBy(part => part.Name, StringComparer.Ordinal)
            .Select(part => new PartComparison(part.Kind, part.Name, Find(from, part), Find(to, part))),
    ];

    private static PartSum? Find(IReadOnlyList<PartSum> sums, (PartKind Kind, string Name) part) => sums.FirstOrDefault(sum => (sum.Kind, sum.Name) == part);
}
