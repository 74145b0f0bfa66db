namespace Monitoring.Languages;

/// <summary>Cuts a text into pieces, sentences as a rule, decides the language of each beside that of its paragraph, and joins neighbours of one language.</summary>
internal static class LanguagePassages
{
    /// <summary>In a longer text the pieces are longer.</summary>
    private const int MostPieces = 300;

    /// <summary>A piece of fewer letters does not decide its own language.</summary>
    private const int ShortPiece = 20;

    /// <summary>A piece of fewer letters is hardly in a language of its own that is not listed.</summary>
    private const int LongPiece = 40;

    /// <summary>So sure a sentence must be to differ from its paragraph.</summary>
    private const double SureEnough = 0.95;

    public static IReadOnlyList<LanguagePassage> Of(string text)
    {
        var pieces = Pieces(text);
        var joined = new List<Piece>();
        for (int first = 0, next; first < pieces.Count; first = next)
        {
            next = first + 1;
            while (next < pieces.Count && pieces[next].Paragraph == pieces[first].Paragraph)
            {
                next++;
            }

            var around = Judge(text.AsSpan(pieces[first].Start..pieces[next - 1].End), ShortPiece, default);
            for (var i = first; i < next; i++)
            {
                var judged = next - first == 1 ? around : Judge(text.AsSpan(pieces[i].Start..pieces[i].End), LongPiece, around);
                Join(joined, pieces[i] with { Judged = judged });
            }
        }

        return [.. joined.Select(piece => new LanguagePassage(piece.Start, piece.End - piece.Start, piece.Judged.Language))];
    }

    private static Judged Judge(ReadOnlySpan<char> text, int longEnough, Judged around)
    {
        var letters = 0;
        for (var i = 0; i < text.Length && letters < longEnough; i++)
        {
            letters += char.IsLetter(text[i]) ? 1 : 0;
        }

        if (letters < ShortPiece)
        {
            return around;
        }

        return LanguageDetector.Detect(text) switch
        {
            null => letters >= longEnough ? new Judged(true, null) : around,
            { Certainty: < SureEnough } when around.IsKnown => around,
            { Language: var language } => new Judged(true, language),
        };
    }

    /// <summary>What is not judged takes the language before it, or at the beginning of the text the one that follows.</summary>
    private static void Join(List<Piece> joined, Piece piece)
    {
        if (joined is [.., var last] && (!last.Judged.IsKnown || !piece.Judged.IsKnown || last.Judged.Language == piece.Judged.Language))
        {
            joined[^1] = last with { End = piece.End, Judged = last.Judged.IsKnown ? last.Judged : piece.Judged };
        }
        else
        {
            joined.Add(piece);
        }
    }

    private static List<Piece> Pieces(string text)
    {
        var least = text.Length / MostPieces;
        var pieces = new List<Piece>();
        var (paragraph, at) = (0, 0);
        while (true)
        {
            for (; at < text.Length && char.IsWhiteSpace(text[at]); at++)
            {
                paragraph += text[at] == '\n' ? 1 : 0;
            }

            if (at == text.Length)
            {
                return pieces;
            }

            var (start, length) = Sentences.Around(text, at, 1);
            var end = Math.Max(at + 1, start + length);
            if (pieces is [.., var last] && last.End - last.Start < least)
            {
                pieces[^1] = last with { End = end };
            }
            else
            {
                pieces.Add(new Piece(at, end, paragraph, default));
            }

            at = end;
        }
    }

    private readonly record struct Piece(int Start, int End, int Paragraph, Judged Judged);

    private readonly record struct Judged(bool IsKnown, string? Language);
}
