using Monitoring.Names;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Names;

/// <summary>The matcher beside an oracle that only compares strings, in generated sentences.</summary>
public sealed class NaiveMatcherTests
{
    /// <summary>What the matcher may be certain of and the oracle does not know: the person is named in full elsewhere.</summary>
    private const string Anchored = "reason.anchor";

    private static readonly (string Given, string Surname)[] Names = [("Мурат", "Жанов"), ("Руслан", "Козлов"), ("Тимур", "Рашитов"), ("Вадим", "Шолохов")];
    private static readonly string[] Fillers = ["вчера,", "суд;", "снова,", "город:", "о них;", "и затем,"];
    private static readonly string[] NearMisses = ["Мурат Жановский", "Руслан Козловский", "Тимур Рашидов", "Вадим Шелехов", "Козлов", "Олег Козлов", "Мурат Козлов"];

    private static readonly NaiveMatcher Oracle = new(Names);

    private static readonly NameMatcher Matcher =
        NameMatcher.Compile(Names.Index().Select(pair => new Person { Id = $"{pair.Index}", Name = $"{pair.Item.Given} {pair.Item.Surname}" }), []);

    [Fact]
    public void What_plain_search_finds_is_found_and_nothing_else_without_a_reason()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var text = Text(new RandomText(seed));
            var plain = Oracle.Find(text).Select(hit => ($"{hit.Name}", hit.Start, hit.Length)).ToHashSet();
            var certain = Matcher.Find(text).Where(mention => mention.Band is Band.Certain).ToList();

            Assert.True(plain.IsSubsetOf(certain.Select(Place)), $"seed {seed}: a plain name is lost: {text}");
            Assert.True(
                certain.TrueForAll(mention => plain.Contains(Place(mention)) || mention.Reasons.Any(reason => reason.Text == Anchored)),
                $"seed {seed}: a mention without reason: {text}");
        }
    }

    private static (string, int, int) Place(Mention mention) => (mention.SubjectId, mention.Start, mention.Length);

    private static string Text(RandomText random) => string.Join(' ', Enumerable.Range(0, 12).Select(i => (i % 2, random.Number(2)) switch
    {
        (0, _) => random.Of(Fillers),
        (_, 0) => random.Of(NearMisses) + ",",
        _ => random.Of([.. Oracle.VariantsOf(random.Number(Names.Length))]) + ",",
    }));
}
