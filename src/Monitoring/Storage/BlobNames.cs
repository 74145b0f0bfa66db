using System.Buffers;

namespace Monitoring.Storage;

/// <summary>Which names a blob may have: such that a file system, an address and a person read them alike.</summary>
public static class BlobNames
{
    public const int Characters = 512;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-/");

    /// <summary>Lower-case ASCII letters, digits and <c>. _ - /</c>, at most 512; no segment empty or beginning with a dot.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= Characters && !name.AsSpan().ContainsAnyExcept(Allowed) && name.Split('/').All(segment => segment.Length > 0 && segment[0] != '.');

    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException"><see cref="IsName"/> is false.</exception>
    public static string Check(string name) => IsName(name) ? name : throw new ArgumentException("No blob name.", nameof(name));
}
