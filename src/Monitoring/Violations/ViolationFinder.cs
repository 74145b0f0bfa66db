using Monitoring.Languages;

namespace Monitoring.Violations;

/// <summary>
/// Says which kinds of act a text reports, the likeliest first. Pure. In this order: 1. cues are found sentence by sentence; 2. each is weighed by who
/// stands beside it (listed, press, civic, a name, nobody) and by what changes its meaning (denied, demanded, commented, long ago, of nobody in
/// particular, ordinary crime, sport); 3. of each kind the best place counts, with a little for every further one; 4. kinds that are nearly as sure come in the
/// order of their lead (<see cref="ViolationType.Lead"/>); who was let go after a detention that is told first was detained.
/// </summary>
public static class ViolationFinder
{
    /// <summary>Stored with every flag; raised when tables or rules change.</summary>
    public const string RulesVersion = "violations-1";

    /// <summary>The least score of a kind that counts.</summary>
    public const double Least = 1.3;

    private const double Further = 0.15;
    private const int MostFurther = 3;

    /// <param name="listed">Where listed names stand in the original text.</param>
    /// <param name="least">Lower to see what was too weak to count.</param>
    /// <returns>Kinds that count; CONTEXT only if nothing else does.</returns>
    public static IReadOnlyList<Violation> Find(TokenizedText text, IEnumerable<Mark> listed, double least = Least)
    {
        var lexicon = Lexicon.Shared;
        var reading = lexicon.Read(text, listed.Select(mark => TokensOf(text, mark)).Where(range => range.Length > 0).OrderBy(range => range.Token));
        var (cues, modifiers) = (new List<CueHit>(), new List<ModifierHit>());
        lexicon.Find(reading, cues, modifiers);
        if (cues.Count == 0)
        {
            return [];
        }

        var facts = new Dictionary<int, SentenceFacts>();
        var ofAll = VictimOfAll(reading);
        var isLedByContext = modifiers.Exists(hit => hit.Modifier is Modifier.General or Modifier.Reaction or Modifier.Perpetrator && text.Tokens[hit.First].Sentence == 0);
        var weighed = cues.ConvertAll(hit =>
        {
            var sentence = text.Tokens[hit.First].Sentence;
            if (!facts.TryGetValue(sentence, out var fact))
            {
                facts.Add(sentence, fact = new SentenceFacts(reading, hit.First));
            }

            return new WeighedCue(hit, fact, modifiers.Where(modifier => modifier.First >= fact.First && modifier.Last <= fact.Last), ofAll, isLedByContext && sentence > 0);
        });
        var found = weighed
            .Where(cue => cue.Score > 0)
            .GroupBy(cue => cue.Hit.Cue.Type)
            .Select(ofType => Best(text, [.. ofType.OrderByDescending(cue => cue.Score).ThenBy(cue => cue.Hit.First)]))
            .Where(violation => violation.Score >= least)
            .ToList();
        var ranked = found.OrderByDescending(violation => violation.Score + LeadOf(violation, found)).ThenBy(violation => violation.Cue.Start).ToList();
        return ranked.Exists(violation => violation.Type.Code != ViolationType.Context) ? [.. ranked.Where(violation => violation.Type.Code != ViolationType.Context)] : ranked;
    }

    private static double LeadOf(Violation violation, List<Violation> among) =>
        violation.Type.Code == ViolationType.Release && among.Exists(other => other.Type.Code == ViolationType.Detention && other.Cue.Start < violation.Cue.Start) ? 0 : violation.Type.Lead;

    private static Violation Best(TokenizedText text, IReadOnlyList<WeighedCue> cues)
    {
        var best = cues[0];
        var more = cues.Skip(1).Take(MostFurther).Count(cue => cue.Hit.First > best.Hit.Last || cue.Hit.Last < best.Hit.First);
        var (start, length) = text.Origin(best.Hit.First, best.Hit.Last);
        var sentence = text.Origin(best.Facts.First, best.Facts.Last);
        return new Violation(
            best.Hit.Cue.Type, best.Score + (Further * more), best.Status, best.Facts.Victim, best.Facts.Actor, new Mark(start, length), new Mark(sentence.Start, sentence.Length),
            best.Why(text.Text.Substring(start, length)));
    }

    private static Victim VictimOfAll(LexiconReading reading)
    {
        bool Has(string name) => reading.HasClass(Lexicon.Shared.ClassOf(name), 0, reading.Text.Tokens.Count - 1);
        return Has("listed") ? Victim.Listed : Has("press") ? Victim.Press : Has("civic") ? Victim.Civic : Victim.None;
    }

    private static (int Token, int Length) TokensOf(TokenizedText text, Mark mark)
    {
        var (first, last) = text.TokensIn(mark.Start, mark.Length);
        return (first, last - first + 1);
    }
}
