using System.Globalization;
using System.Text;
using Monitoring.Languages;
using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>A long text in a row: columns <c>Text0</c> … of 30,000 characters, because a column holds 64 KiB.</summary>
internal static class TextColumns
{
    private const string Prefix = "Text";
    private const int ColumnCharacters = 30_000;

    /// <summary>Cuts the text at <see cref="ItemStore.MaxText"/>.</summary>
    public static Entity SetLongText(this Entity row, string text)
    {
        var cut = WholeCharacters.Cut(text, ItemStore.MaxText);
        for (var (start, i) = (0, 0); start < cut.Length; i++)
        {
            var end = WholeCharacters.UpTo(cut, Math.Min(start + ColumnCharacters, cut.Length));
            row.Set(Name(i), cut[start..end]);
            start = end;
        }

        return row;
    }

    /// <summary>Empty if there is none, or no row.</summary>
    public static string GetLongText(this Entity? row)
    {
        var text = new StringBuilder();
        for (var i = 0; row?.GetText(Name(i)) is { } part; i++)
        {
            text.Append(part);
        }

        return text.ToString();
    }

    /// <summary>Rewrites the text as one, because a word may stand where two columns meet.</summary>
    /// <param name="rewrite">Gives a text of the same length.</param>
    public static void RewriteLongText(this Entity row, Func<string, string> rewrite) => row.SetLongText(rewrite(row.GetLongText()));

    /// <summary>The same in a stored row, if there is one. One that changed meanwhile stays.</summary>
    public static async Task RewriteLongTextAsync(this IEntityTable table, EntityKey key, Func<string, string> rewrite, CancellationToken cancellationToken)
    {
        if (await table.GetAsync(key, columns: null, cancellationToken) is { } row)
        {
            row.RewriteLongText(rewrite);
            await table.ReplaceAsync(row, cancellationToken);
        }
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{i}");
}
