using System.Buffers;

namespace Monitoring.App.Web.Reports;

/// <summary>
/// A record of RFC 4180. A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return) gets an apostrophe before it:
/// names come from watch lists, and lists from anybody.
/// </summary>
internal static class CsvLine
{
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r");
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static string Of(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string? text)
    {
        var safe = text is { Length: > 0 } && Formula.Contains(text[0]) ? "'" + text : text ?? "";
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
