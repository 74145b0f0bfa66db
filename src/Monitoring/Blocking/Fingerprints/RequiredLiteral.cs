using System.Text;

namespace Monitoring.Blocking.Fingerprints;

/// <summary>
/// The longest text that every match of a regular expression holds, as far as it can be told without parsing: plain characters outside groups and
/// classes. Doubt ends in the empty text, which only costs time.
/// </summary>
internal static class RequiredLiteral
{
    /// <summary>Escapes that stand for one kind of character or place; others take more characters with them.</summary>
    private const string Classes = "dDwWsSbBAzZntrfvae";

    public static string Of(string pattern)
    {
        var (best, run, depth) = ("", new StringBuilder(), 0);
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '(' when pattern.AsSpan(at + 1).StartsWith("?"):
                case '|' when depth == 0:
                    return "";
                case '\\' when at + 1 < pattern.Length && !char.IsLetterOrDigit(pattern[at + 1]):
                    Append(pattern[++at]);
                    break;
                case '\\' when at + 1 < pattern.Length && Classes.Contains(pattern[at + 1], StringComparison.Ordinal):
                    End();
                    at++;
                    break;
                case '\\':
                    return "";
                case '[':
                    End();
                    at = EndOfClass(pattern, at);
                    break;
                case '{':
                    Optional();
                    at = pattern.IndexOf('}', at);
                    break;
                case '*' or '?':
                    Optional();
                    break;
                case '(':
                    End();
                    depth++;
                    break;
                case ')':
                    End();
                    depth--;
                    break;
                case '+' or '.' or '^' or '$':
                    End();
                    break;
                case var plain:
                    Append(plain);
                    break;
            }

            if (at < 0)
            {
                return "";
            }
        }

        End();
        return best;

        void Append(char plain) => run.Append(depth == 0 ? plain.ToString() : "");

        void End()
        {
            best = run.Length > best.Length ? run.ToString() : best;
            run.Clear();
        }

        // The character before may not be there at all.
        void Optional()
        {
            run.Length = Math.Max(0, run.Length - 1);
            End();
        }
    }

    /// <returns>The place of the bracket that ends it; -1 if there is none, or another class stands in it.</returns>
    private static int EndOfClass(string pattern, int at)
    {
        // A bracket that comes first is a character of the class.
        at += pattern.AsSpan(at + 1).StartsWith("^") ? 2 : 1;
        for (var first = at; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    return -1;
                case ']' when at > first:
                    return at;
                default:
                    break;
            }
        }

        return -1;
    }
}
