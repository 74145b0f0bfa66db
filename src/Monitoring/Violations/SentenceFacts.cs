using Monitoring.Languages;

namespace Monitoring.Violations;

/// <summary>Who stands in a sentence.</summary>
internal sealed class SentenceFacts
{
    /// <summary>Titles and offices are written with capitals too; a name is two words or more.</summary>
    private const int NameWords = 2;

    private static readonly (string Class, ActorKind Kind)[] Actors =
        [("unknown", ActorKind.Unknown), ("police", ActorKind.Police), ("court", ActorKind.Court), ("body", ActorKind.Authority), ("private", ActorKind.Private)];

    public SentenceFacts(LexiconReading reading, int token)
    {
        (First, Last) = reading.SentenceOf(token);
        Victim = Has("listed") ? Victim.Listed : Has("press") ? Victim.Press : Has("civic") ? Victim.Civic : HasName(reading.Text) ? Victim.Named : Victim.None;
        Actor = Actors.Where(actor => Has(actor.Class)).Select(actor => (ActorKind?)actor.Kind).FirstOrDefault();
        IsOrdinaryCrime = Has("crime");
        IsOtherNews = Has("football");

        bool Has(string name) => reading.HasClass(Lexicon.Shared.ClassOf(name), First, Last);
    }

    public int First { get; }

    public int Last { get; }

    public Victim Victim { get; }

    public ActorKind? Actor { get; }

    public bool IsOrdinaryCrime { get; }

    public bool IsOtherNews { get; }

    private bool HasName(TokenizedText text)
    {
        var run = 0;
        for (var token = First; token <= Last; token++)
        {
            run = text.IsCapital(token) && text.Tokens[token].Length > 1 ? run + 1 : 0;
            if (run == NameWords && token - 1 > First)
            {
                return true;
            }
        }

        return false;
    }
}
