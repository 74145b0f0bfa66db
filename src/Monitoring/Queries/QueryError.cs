using System.Globalization;

namespace Monitoring.Queries;

/// <summary>Why a query cannot be used.</summary>
/// <param name="Start">In the query's text; its end where something is missing there.</param>
/// <param name="Message">One sentence, with what to write instead where that is known.</param>
public sealed record QueryError(int Start, int Length, string Message)
{
    /// <summary>So many letters of a long query are shown.</summary>
    private const int Window = 72;

    /// <summary>From 1.</summary>
    public int Column => Start + 1;

    /// <summary>The query, or the part of it around the place, and a line with carets under the place.</summary>
    public (string Query, string Carets) Show(string query)
    {
        var from = Math.Max(0, Math.Min(Start - (Window / 2), query.Length - Window));
        var to = Math.Min(query.Length, from + Window);
        from -= from > 0 && char.IsLowSurrogate(query[from]) ? 1 : 0;
        to -= to < query.Length && char.IsLowSurrogate(query[to]) ? 1 : 0;
        var (before, after) = (from > 0 ? "…" : "", to < query.Length ? "…" : "");
        var end = Math.Min(Start + Math.Max(1, Length), Math.Max(to, Start + 1));
        var carets = end <= query.Length ? Math.Max(1, Width(query.AsSpan(Start, end - Start))) : 1;
        return (before + OnOneLine(query[from..to]) + after, new string(' ', before.Length + Width(query.AsSpan(from, Start - from))) + new string('^', carets));
    }

    private static string OnOneLine(string text) => string.Create(text.Length, text, (line, all) =>
    {
        for (var i = 0; i < line.Length; i++)
        {
            line[i] = char.IsControl(all[i]) ? ' ' : all[i];
        }
    });

    /// <summary>Marks stand over the letter before them, and the second half of a pair takes no place.</summary>
    private static int Width(ReadOnlySpan<char> text)
    {
        var width = 0;
        foreach (var c in text)
        {
            width += char.IsLowSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format ? 0 : 1;
        }

        return width;
    }
}

/// <summary>A query that was read, or everything that is wrong with it.</summary>
/// <param name="Query">Null exactly if there are errors.</param>
public sealed record ParsedQuery(Query? Query, IReadOnlyList<QueryError> Errors);
