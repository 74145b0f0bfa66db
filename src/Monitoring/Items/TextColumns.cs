using System.Globalization;
using System.Text;
using Monitoring.Languages;
using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>A long text in a row: columns <c>Text0</c> … of 30,000 characters, because a column holds 64 KiB.</summary>
internal static class TextColumns
{
    private const int ColumnCharacters = 30_000;

    /// <summary>A row with a text, cut at <see cref="ItemStore.MaxText"/>.</summary>
    public static Entity Row(EntityKey key, string text)
    {
        var row = new Entity(key);
        var cut = WholeCharacters.Cut(text, ItemStore.MaxText);
        for (var (start, i) = (0, 0); start < cut.Length; i++)
        {
            var end = WholeCharacters.UpTo(cut, Math.Min(start + ColumnCharacters, cut.Length));
            row.Set(Name(i), cut[start..end]);
            start = end;
        }

        return row;
    }

    /// <summary>Empty for a row that is absent.</summary>
    public static string Read(Entity? row)
    {
        var text = new StringBuilder();
        for (var i = 0; row?.GetText(Name(i)) is { } part; i++)
        {
            text.Append(part);
        }

        return text.ToString();
    }

    /// <summary>Rewrites the text of a stored row, as one text: a name may stand where two columns meet.</summary>
    /// <param name="rewrite">Gives a text of the same length.</param>
    public static async Task RewriteAsync(IEntityTable table, EntityKey key, Func<string, string> rewrite, CancellationToken cancellationToken)
    {
        if (await table.GetAsync(key, columns: null, cancellationToken) is not { } row)
        {
            return;
        }

        var whole = rewrite(Read(row));
        for (var (i, start) = (0, 0); row.GetText(Name(i)) is { } part; i++)
        {
            row.Set(Name(i), whole[start..(start + part.Length)]);
            start += part.Length;
        }

        await table.ReplaceAsync(row, cancellationToken);
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"Text{i}");
}
