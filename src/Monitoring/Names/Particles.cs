using System.Collections.Frozen;

namespace Monitoring.Names;

/// <summary>The small words of surnames (<c>particles.csv</c>): Марин Ле Пен, Людвиг ван Бетховен. Nobody is found by them.</summary>
internal static class Particles
{
    private static readonly FrozenSet<string> All = DataFile.Rows(typeof(Particles), "Tables.particles.csv").Select(row => row[0]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = All.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> word) => Lookup.Contains(word);
}
