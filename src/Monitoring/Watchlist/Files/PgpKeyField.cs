using System.Globalization;

namespace Monitoring.Watchlist.Files;

/// <summary>
/// The field <c>pgpKey</c> of a recipient: an armored block of lines. What it holds is judged when a list is checked, not when a stored one is read: a key that ends must not take
/// the whole list with it.
/// </summary>
public static class PgpKeyField
{
    internal const string Name = "pgpKey";

    internal static string? Read(FieldReader fields) => fields.Read(
        Name, Tidied, string.Create(CultureInfo.InvariantCulture, $"an armored public key block of at most {Recipient.LongestPgpKey} characters is expected"));

    /// <summary>The field, and what is wrong with the key in it by now.</summary>
    public static IEnumerable<(string Field, string Message)> ProblemsOf(Entry entry, DateTimeOffset now)
    {
        if (entry is not Recipient { PgpKey: { } block })
        {
            yield break;
        }

        var (key, problem) = PgpKey.Read(block);
        if (problem is not null)
        {
            yield return (Name, problem);
        }
        else if (key!.HasExpired(now))
        {
            yield return (Name, string.Create(CultureInfo.InvariantCulture, $"this key {PgpKey.Expired} on {key.Until:yyyy-MM-dd}; ask the recipient for the present one"));
        }
    }

    /// <summary>With one kind of line end and without the lines for people above the key, which may hold names. Null if it is too long or no armor.</summary>
    private static string? Tidied(string text)
    {
        if (text.Length > Recipient.LongestPgpKey)
        {
            return null;
        }

        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => !line.Contains(':', StringComparison.Ordinal));
        var tidy = string.Join('\n', lines).Trim();
        return tidy.Length > 0 && tidy.All(c => c is '\n' or (>= ' ' and <= '~')) ? tidy : null;
    }
}
