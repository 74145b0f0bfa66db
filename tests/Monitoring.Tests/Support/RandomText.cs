namespace Monitoring.Tests.Support;

/// <summary>Texts made of what breaks texts: letters of three alphabets, marks, invisible characters, halves of pairs, stops and blanks. The same for the same seed.</summary>
internal sealed class RandomText(int seed)
{
    private const string Odd = "аиеёйІңqIİıñß0'’-*. ,\n\t\0\u00a0\u00ad\u0301\u0306\u0308\u200b\u202e\u2028\ufeff\ufffe\ud83d\ude00\udc00<>&\"";

    private readonly Random _random = new(seed);

    /// <summary>Named in a failure's message.</summary>
    public int Seed => seed;

    public int Number(int below) => _random.Next(below);

    public T Of<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    /// <summary>Up to <paramref name="longest"/> characters, mostly of <paramref name="alphabet"/> or the odd ones, now and then any of all.</summary>
    public string Next(int longest, string alphabet = Odd) =>
        string.Concat(Enumerable.Range(0, _random.Next(longest + 1)).Select(_ => _random.Next(20) == 0 ? (char)_random.Next(0x10000) : alphabet[_random.Next(alphabet.Length)]));
}
