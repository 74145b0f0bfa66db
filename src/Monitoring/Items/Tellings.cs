using System.Globalization;
using System.Text;

namespace Monitoring.Items;

/// <summary>What one source tells of an article.</summary>
public sealed record Telling(Item Item, string Text);

/// <summary>
/// What all sources of an item tell, as one: so nothing that only one of them says is missed. Pure. The text is title and text of the item itself, then of
/// each other source, in the order in which they were met, the lines that were not told before.
/// </summary>
public sealed class Tellings
{
    private readonly List<Telling> _inOrder;

    public Tellings(Telling first, IEnumerable<Telling> others)
    {
        _inOrder = [first, .. others.OrderBy(other => other.Item.FirstSeen).ThenBy(other => other.Item.Key.ToString(), StringComparer.Ordinal)];
        var text = new StringBuilder(Understanding.WholeText(first.Item.Title, first.Text));
        var parts = new List<(Telling, int, int)> { (first, 0, text.Length) };
        foreach (var other in _inOrder.Skip(1))
        {
            var start = text.Length;
            AddNews(text, other);
            parts.Add((other, Math.Min(start + 1, text.Length), Math.Max(text.Length - start - 1, 0)));
        }

        (Text, Parts) = (text.ToString(), parts);
    }

    public Item Item => _inOrder[0].Item;

    /// <summary>What the matchers read; a line for each paragraph.</summary>
    public string Text { get; }

    /// <summary>Where in <see cref="Text"/> stands what each source was the first to tell; nothing for one that only repeats.</summary>
    public IReadOnlyList<(Telling Telling, int Start, int Length)> Parts { get; }

    /// <summary>As the first source says that gives a date.</summary>
    public DateTimeOffset? Published => _inOrder.Select(telling => telling.Item.Published).FirstOrDefault(published => published is not null);

    /// <summary>When the last of what it says was first met.</summary>
    public DateTimeOffset ContentSeen => Parts.Where(part => part.Length > 0).Max(part => part.Telling.Item.ContentSeen);

    /// <summary>
    /// Old news is not an alert: neither what was there before us, nor what is undated or was published long before. One source for which it is news is
    /// enough, unless the item was met long before.
    /// </summary>
    /// <returns>Null for news.</returns>
    public Reason? WhyOld(TimeSpan oldAfter)
    {
        var met = _inOrder.Min(telling => telling.Item.FirstSeen);
        var fresh = _inOrder.Where(telling => telling.Item.FirstSeen - met <= oldAfter);
        return fresh.Any(telling => WhyOld(telling.Item, oldAfter) is null) ? null : WhyOld(Item, oldAfter);
    }

    private static Reason? WhyOld(Item item, TimeSpan oldAfter) => item switch
    {
        { IsBaseline: true } => Reason.Of("reason.baseline"),
        { Published: null } => Reason.Of("reason.undated"),
        { Published: { } published } when item.FirstSeen - published > oldAfter => Reason.Of("reason.old", ((int)oldAfter.TotalHours).ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static void AddNews(StringBuilder text, Telling telling)
    {
        var told = text.ToString();
        foreach (var line in Understanding.WholeText(telling.Item.Title, telling.Text).Split('\n'))
        {
            if (text.Length + line.Length < ItemStore.MaxText && !told.Contains(line.AsSpan().Trim(" \t…").TrimEnd('.').ToString(), StringComparison.OrdinalIgnoreCase))
            {
                text.Append('\n').Append(line);
            }
        }
    }
}
