using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Monitoring.Queries;

/// <summary>The canonical form: one way of writing each query, with every operator and every bracket, that reads as the same tree.</summary>
internal static class QueryWriter
{
    public static string Write(Query query)
    {
        var text = new StringBuilder();
        Write(query, text);
        return text.ToString();
    }

    private static void Write(Query query, StringBuilder text)
    {
        switch (query)
        {
            case Query.Phrase phrase:
                Write(phrase, text);
                break;
            case Query.AllOf:
                Join(query.Parts, " AND ", text);
                break;
            case Query.AnyOf:
                Join(query.Parts, " OR ", text);
                break;
            case Query.Sentence:
                Join(query.Parts, " SENTENCE ", text);
                break;
            case Query.Near near:
                Join(near.Parts, string.Create(CultureInfo.InvariantCulture, $" NEAR/{near.Distance} "), text);
                break;
            case Query.Except not:
                text.Append("NOT ");
                WritePart(not.Part, text);
                break;
            case Query.Within within:
                text.Append(within.IsTitle ? "title:" : "body:");
                WritePart(within.Part, text, isValue: true);
                break;
            case Query.Field field:
                text.Append(QueryFields.NameOf(field.Name)).Append(':').Append(IsPlain(field.Value) ? field.Value : $"\"{field.Value}\"");
                break;
            case Query.SinceDay since:
                text.Append(CultureInfo.InvariantCulture, $"since:{since.Day:yyyy-MM-dd}");
                break;
            case Query.SinceDays since:
                text.Append(CultureInfo.InvariantCulture, $"since:{since.Days}d");
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void Join(IReadOnlyList<Query> parts, string between, StringBuilder text)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            text.Append(i == 0 ? "" : between);
            WritePart(parts[i], text);
        }
    }

    private static void WritePart(Query part, StringBuilder text, bool isValue = false)
    {
        if (part is not (Query.AllOf or Query.AnyOf or Query.Near or Query.Sentence) && !(isValue && part is not Query.Phrase))
        {
            Write(part, text);
            return;
        }

        text.Append('(');
        Write(part, text);
        text.Append(')');
    }

    private static void Write(Query.Phrase phrase, StringBuilder text)
    {
        var quote = phrase.Words.Count > 1 ? "\"" : "";
        text.Append(phrase.IsAnyForm ? "~" : "").Append(quote);
        for (var i = 0; i < phrase.Words.Count; i++)
        {
            var word = phrase.Words[i];
            text.Append((i, word.AfterMark) switch { (0, _) => "", (_, true) => ", ", _ => " " }).Append(word.Text).Append(word.IsPrefix ? "*" : "");
        }

        text.Append(quote);
    }

    private static bool IsPlain(string value) => value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') && value[0] != '-';
}
