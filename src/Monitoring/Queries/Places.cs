namespace Monitoring.Queries;

/// <summary>From one token to another, both included.</summary>
internal readonly record struct Place(int First, int Last);

/// <summary>Places in their order, and what stands near them.</summary>
internal static class Places
{
    /// <summary>Those inside the tokens from <paramref name="from"/> up to <paramref name="to"/>.</summary>
    public static ReadOnlySpan<Place> Within(ReadOnlySpan<Place> places, int from, int to)
    {
        var start = FirstFrom(places, from);
        return places[start..Math.Max(start, FirstFrom(places, to))];
    }

    public static Place[] Merge(IEnumerable<Place[]> sorted) => [.. sorted.SelectMany(places => places).Distinct().OrderBy(place => place.First).ThenBy(place => place.Last)];

    /// <summary>Whether one of the others begins or ends at most so many words away, and does not overlap.</summary>
    public static bool HasNear(Place place, ReadOnlySpan<Place> others, int distance, int longest)
    {
        for (var i = FirstFrom(others, place.First - distance - longest + 1); i < others.Length && others[i].First <= place.Last + distance; i++)
        {
            var gap = others[i].First > place.Last ? others[i].First - place.Last : place.First - others[i].Last;
            if (gap >= 1 && gap <= distance)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The number of places that begin before a token.</summary>
    private static int FirstFrom(ReadOnlySpan<Place> places, int token)
    {
        var (low, high) = (0, places.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = places[middle].First < token ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
