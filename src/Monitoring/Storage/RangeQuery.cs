namespace Monitoring.Storage;

/// <summary>
/// Rows of one partition in ordinal row-key order, from <see cref="From"/> (included) to <see cref="Before"/> (excluded).
/// <see cref="Columns"/> selects what is read; null reads all.
/// </summary>
public sealed record RangeQuery(string Partition)
{
    public string? From { get; init; }

    public string? Before { get; init; }

    public IReadOnlyCollection<string>? Columns { get; init; }

    /// <summary>Stop after this many rows; null reads to the end of the range.</summary>
    public int? Take { get; init; }

    /// <summary>All rows whose key starts with <paramref name="prefix"/>: from it up to its successor (the last character one higher; keys are ASCII).</summary>
    public static RangeQuery StartingWith(string partition, string prefix) =>
        new(partition) { From = prefix, Before = prefix[..^1] + (char)(prefix[^1] + 1) };
}
