namespace Monitoring.Tests.Names;

/// <summary>
/// The oracle: every first name with every surname in the same case, in both orders, as plain strings that are searched for between blanks and stops.
/// It knows Russian men in -ов and the first names that end in a consonant, and nothing else.
/// </summary>
internal sealed class NaiveMatcher(IReadOnlyList<(string Given, string Surname)> names)
{
    private static readonly string[] GivenEndings = ["", "а", "у", "ом"];
    private static readonly string[] SurnameEndings = ["", "а", "у", "ым"];

    public IEnumerable<string> VariantsOf(int name) => GivenEndings.Zip(SurnameEndings, (given, surname) => (names[name].Given + given, names[name].Surname + surname))
        .SelectMany(pair => new[] { $"{pair.Item1} {pair.Item2}", $"{pair.Item2} {pair.Item1}" });

    /// <summary>Which name stands where.</summary>
    public IEnumerable<(int Name, int Start, int Length)> Find(string text)
    {
        for (var name = 0; name < names.Count; name++)
        {
            foreach (var variant in VariantsOf(name))
            {
                for (var at = text.IndexOf(variant, StringComparison.Ordinal); at >= 0; at = text.IndexOf(variant, at + 1, StringComparison.Ordinal))
                {
                    if ((at == 0 || !char.IsLetter(text[at - 1])) && (at + variant.Length == text.Length || !char.IsLetter(text[at + variant.Length])))
                    {
                        yield return (name, at, variant.Length);
                    }
                }
            }
        }
    }
}
