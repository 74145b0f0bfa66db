using System.Buffers;

namespace Monitoring.Storage;

/// <summary>Which names a blob may have: such that a file system, an address and a person read them alike.</summary>
public static class BlobNames
{
    public const int Characters = 512;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-/");

    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">Lower-case ASCII letters, digits and <c>. _ - /</c> are expected, at most 512, no segment empty or beginning with a dot.</exception>
    public static string Check(string name) =>
        name.Length is > 0 and <= Characters && !name.AsSpan().ContainsAnyExcept(Allowed) && name.Split('/').All(segment => segment.Length > 0 && segment[0] != '.')
            ? name
            : throw new ArgumentException("No blob name.", nameof(name));
}
