namespace Monitoring.Names.Advice;

/// <summary>Skeletons under which surnames that readers or the matcher may take for each other meet.</summary>
internal static class SurnameKeys
{
    /// <summary>With less, nearly every name is near to another.</summary>
    private const int LeastForNear = 4;

    private static readonly (string Woman, string Man)[] Endings = [("skaia", "ski"), ("ckaia", "cki"), ("ova", "ov"), ("eva", "ev"), ("ina", "in")];

    /// <summary>The skeleton of the man's form: one for Ергалиев and Ергалиева.</summary>
    public static string Family(string surname)
    {
        var skeleton = Signs.Of(surname);
        var (woman, man) = Endings.FirstOrDefault(ending => skeleton.Length > ending.Woman.Length + 1 && skeleton.EndsWith(ending.Woman, StringComparison.Ordinal));
        return woman is null ? skeleton : skeleton[..^woman.Length] + man;
    }

    /// <summary>The key itself and all that lack one sign: two keys at distance 1 share one of these.</summary>
    public static IEnumerable<string> Neighbourhood(string key) =>
        key.Length < LeastForNear ? [] : Enumerable.Range(0, key.Length).Select(at => key.Remove(at, 1)).Prepend(key).Distinct(StringComparer.Ordinal);

    /// <summary>One sign more, less or another.</summary>
    public static bool AreNear(string one, string other)
    {
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        if (longer.Length - shorter.Length > 1)
        {
            return false;
        }

        var start = shorter.Zip(longer).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Equals(longer[Math.Min(start + 1, longer.Length)..], shorter[Math.Min(start + (shorter.Length == longer.Length ? 1 : 0), shorter.Length)..], StringComparison.Ordinal);
    }
}
