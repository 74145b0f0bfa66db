namespace Monitoring.Benchmarks.Stories;

/// <summary>What desks do to an agency's text before they print it, and worse.</summary>
internal sealed class TextEdits(int seed, string[] vocabulary)
{
    private static readonly string[] Credits = ["сообщает КазТАГ.", "передаёт Интерфакс-Казахстан.", "деп хабарлайды ҚазАқпарат.", "according to Reuters."];

    private readonly Random _random = new(seed);

    public IEnumerable<(string Kind, string Text)> Of(MadeArticle article)
    {
        foreach (var percent in (int[])[5, 10, 15, 20, 25, 30, 40])
        {
            yield return ($"{percent,2} % of the words", Words(article.Text, percent));
        }

        var sentences = article.Sentences;
        yield return ("20 % of the sentences dropped", Join(article.Title, sentences.Where((_, i) => i % 5 != 2)));
        yield return ("a third dropped", Join(article.Title, sentences.Where((_, i) => i % 3 != 1)));
        yield return ("cut to its first half", Join(article.Title, sentences.Take((sentences.Length + 1) / 2)));
        yield return ("another article's fifth added", Join(article.Title, [.. sentences, .. Enumerable.Range(0, Math.Max(1, sentences.Length / 5)).Select(_ => Invented())]));
        yield return ("sentences in another order", Join(article.Title, sentences.OrderBy(_ => _random.Next())));
        yield return ("another headline", Join(Invented(), sentences));
        yield return ("another credit", Join(article.Title, [.. sentences, Credits[_random.Next(Credits.Length)]]));
        yield return ("first paragraph rewritten", Join(Invented(), [Invented(), .. sentences.Skip(1)]));
        yield return ("headline, credit and 10 % of the words", Words(Join(Invented(), [.. sentences, Credits[_random.Next(Credits.Length)]]), 10));
    }

    private string Words(string text, int percent) =>
        string.Join(' ', text.Split(' ').Select(word => _random.Next(100) < percent ? vocabulary[_random.Next(vocabulary.Length)] : word));

    private string Invented() => string.Join(' ', Enumerable.Range(0, 11).Select(_ => vocabulary[_random.Next(vocabulary.Length)])) + ".";

    private static string Join(string title, IEnumerable<string> sentences) => $"{title}\n{string.Join(' ', sentences)}";
}
