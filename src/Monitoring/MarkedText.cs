namespace Monitoring;

/// <summary>A passage with the places in it that matter, e.g. the matched words of a sentence.</summary>
/// <param name="Text">Plain.</param>
/// <param name="Marks">Start and length of each mark, in order, not overlapping.</param>
public sealed record MarkedText(string Text, IReadOnlyList<Mark> Marks)
{
    /// <summary>The text cut into pieces, marked and unmarked ones in turn; empty pieces are left out.</summary>
    public IEnumerable<(string Piece, bool IsMarked)> Pieces()
    {
        var at = 0;
        foreach (var mark in Marks)
        {
            if (mark.Start > at)
            {
                yield return (Text[at..mark.Start], false);
            }

            yield return (Text.Substring(mark.Start, mark.Length), true);
            at = mark.Start + mark.Length;
        }

        if (at < Text.Length)
        {
            yield return (Text[at..], false);
        }
    }

    /// <summary>Marks the given ranges of a part of a text; ranges outside it are left out, overlapping ones joined.</summary>
    public static MarkedText Of(string text, int start, int length, IEnumerable<Mark> ranges)
    {
        var marks = new List<Mark>();
        foreach (var range in ranges.Where(range => range.Start >= start && range.Start + range.Length <= start + length).OrderBy(range => range.Start))
        {
            var from = range.Start - start;
            if (marks.Count > 0 && from < marks[^1].Start + marks[^1].Length)
            {
                var last = marks[^1];
                marks[^1] = last with { Length = Math.Max(last.Length, from + range.Length - last.Start) };
            }
            else
            {
                marks.Add(new Mark(from, range.Length));
            }
        }

        return new MarkedText(text.Substring(start, length), marks);
    }
}

/// <summary>A range of characters.</summary>
public readonly record struct Mark(int Start, int Length);
