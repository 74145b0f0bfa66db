using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Storage;

/// <summary>The building blocks of keys. Each store composes its own from these, in one place.</summary>
public static class Keys
{
    public static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-");

    /// <summary>The text itself if it may stand in a key, otherwise its hash (32 hexadecimal digits).</summary>
    public static string Safe(string text) =>
        text.Length is > 0 and <= 200 && !text.AsSpan().ContainsAnyExcept(Allowed) ? text : Hash(text);

    /// <summary>The first 128 bits of SHA-256 over the parts, each preceded by its length, so that no two lists of parts give the same bytes.</summary>
    public static string Hash(params ReadOnlySpan<string> parts)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            sha.AppendData(length);
            sha.AppendData(bytes);
        }

        Span<byte> hash = stackalloc byte[32];
        sha.GetHashAndReset(hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>A UTC time that sorts as text: <c>20261122T070501.1234567</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'.'fffffff", CultureInfo.InvariantCulture);

    /// <summary>The inverse of <see cref="Time"/>.</summary>
    public static DateTimeOffset ParseTime(ReadOnlySpan<char> key) =>
        DateTimeOffset.ParseExact(key, "yyyyMMdd'T'HHmmss'.'fffffff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>19 digits that sort newest first.</summary>
    public static string NewestFirst(DateTimeOffset time) =>
        (DateTime.MaxValue.Ticks - time.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary><c>20261122</c>, the UTC day.</summary>
    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary><c>2026112207</c>, the UTC hour.</summary>
    public static string Hour(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    /// <summary><c>202611220705</c>, the UTC minute.</summary>
    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
}
