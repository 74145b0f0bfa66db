using System.Globalization;
using System.Text;

namespace Monitoring.Watchlist.Files;

/// <summary>
/// What the names of persons and outlets must be to be searched for. Asked of files only: what is stored was taken under older rules and stays readable.
/// </summary>
internal static class NameRules
{
    private const int Longest = 200;

    /// <param name="entry">As it stands in the file; what is no text at all was reported by the reader of its fields.</param>
    /// <param name="report">Takes the node, the field and what is wrong.</param>
    public static void Check(EntryKind kind, Node.Map entry, Action<Node, string, string> report)
    {
        if (kind is not (EntryKind.Person or EntryKind.Outlet))
        {
            return;
        }

        foreach (var (node, at) in Names(entry))
        {
            if (FieldReader.IsText(node.Value) && WrongWith(kind, node.Value.Trim()) is { } wrong)
            {
                report(node, at, wrong);
            }
        }
    }

    private static IEnumerable<(Node.Scalar Node, string At)> Names(Node.Map entry)
    {
        if (entry["name"] is Node.Scalar name)
        {
            yield return (name, "name");
        }

        foreach (var (index, item) in (entry["aliases"] as Node.List)?.Items.Index() ?? [])
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"aliases[{index}]");
            if (item is Node.Scalar alias)
            {
                yield return (alias, at);
            }
            else if (item is Node.Map sourced && sourced["name"] is Node.Scalar aliasName)
            {
                yield return (aliasName, at + ".name");
            }
        }
    }

    /// <returns>What was found and what is expected; null for a good name.</returns>
    private static string? WrongWith(EntryKind kind, string name)
    {
        if (name.Length > Longest)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {name.Length} characters; a name of at most {Longest} is expected");
        }

        if (kind is EntryKind.Outlet)
        {
            return name.EnumerateRunes().Any(Rune.IsLetterOrDigit) ? null : "has neither letters nor digits; a name is expected";
        }

        return MostLettersTogether(name) switch
        {
            0 => "has no letters; a name is expected",
            1 => "has only single letters, which stand in every text; a word of two letters or more is expected",
            _ => null,
        };
    }

    /// <summary>Marks belong to the letter before them.</summary>
    private static int MostLettersTogether(string name)
    {
        var (most, together) = (0, 0);
        foreach (var rune in name.EnumerateRunes())
        {
            together = Rune.IsLetter(rune) ? together + 1 : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark ? together : 0;
            most = Math.Max(most, together);
        }

        return most;
    }
}
