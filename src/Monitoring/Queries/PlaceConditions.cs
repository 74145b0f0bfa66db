namespace Monitoring.Queries;

/// <summary>What stands at places that can be near one another: a phrase, or several of which any may stand there.</summary>
internal abstract class PlacedCondition : Condition
{
    /// <summary>Tokens of its longest phrase.</summary>
    public abstract int Longest { get; }

    /// <summary>In the order of the text.</summary>
    public abstract Place[] Places(ReadDocument document);

    /// <summary>Gives a place of it as a hit of the phrase that stands there.</summary>
    public abstract void Give(Place place, ReadDocument document, HitList hits);

    public override bool Holds(ReadDocument document, Scope scope) => Queries.Places.Within(Places(document), scope.From, scope.To).Length > 0;

    public override void Collect(ReadDocument document, Scope scope, HitList hits)
    {
        foreach (var place in Queries.Places.Within(Places(document), scope.From, scope.To))
        {
            Give(place, document, hits);
        }
    }
}

/// <summary>One word, or several side by side.</summary>
internal sealed class PhraseCondition(int[] terms, bool[] afterMark, string part) : PlacedCondition
{
    public override int Longest => terms.Length;

    public override Place[] Places(ReadDocument document) => document.PlacesOf(this);

    public override void Give(Place place, ReadDocument document, HitList hits) => hits.Add(place, part);

    public Place[] Find(ReadDocument document)
    {
        var rarest = 0;
        for (var i = 1; i < terms.Length; i++)
        {
            rarest = document.TokensOf(terms[i]).Length < document.TokensOf(terms[rarest]).Length ? i : rarest;
        }

        var places = new List<Place>();
        foreach (var token in document.TokensOf(terms[rarest]))
        {
            if (StandsAt(document, token - rarest))
            {
                places.Add(new Place(token - rarest, token - rarest + terms.Length - 1));
            }
        }

        return [.. places];
    }

    private bool StandsAt(ReadDocument document, int first)
    {
        if (first < 0 || first + terms.Length > document.Text.Tokens.Count)
        {
            return false;
        }

        for (var i = 0; i < terms.Length; i++)
        {
            if (document.TokensOf(terms[i]).BinarySearch(first + i) < 0 || (i > 0 && !Gap.Fits(document.Text, first + i, afterMark[i])))
            {
                return false;
            }
        }

        return true;
    }
}

internal sealed class AnyPhraseCondition(PhraseCondition[] phrases) : PlacedCondition
{
    public override int Longest { get; } = phrases.Max(phrase => phrase.Longest);

    public override Place[] Places(ReadDocument document) => Queries.Places.Merge(phrases.Select(phrase => phrase.Places(document)));

    public override bool Holds(ReadDocument document, Scope scope) => Array.Exists(phrases, phrase => phrase.Holds(document, scope));

    public override void Collect(ReadDocument document, Scope scope, HitList hits) => Array.ForEach(phrases, phrase => phrase.Collect(document, scope, hits));

    public override void Give(Place place, ReadDocument document, HitList hits)
    {
        foreach (var phrase in phrases)
        {
            if (phrase.Places(document).AsSpan().BinarySearch(place, ByPlace) >= 0)
            {
                phrase.Give(place, document, hits);
            }
        }
    }

    private static readonly Comparer<Place> ByPlace = Comparer<Place>.Create((left, right) => (left.First, left.Last).CompareTo((right.First, right.Last)));
}

/// <summary>Two sides near one another, both in the title or both in the body.</summary>
internal sealed class NearCondition(PlacedCondition left, PlacedCondition right, int distance) : Condition
{
    public override bool Holds(ReadDocument document, Scope scope) => Visit(document, scope, hits: null);

    public override void Collect(ReadDocument document, Scope scope, HitList hits) => Visit(document, scope, hits);

    private bool Visit(ReadDocument document, Scope scope, HitList? hits)
    {
        var (lefts, rights) = (left.Places(document), right.Places(document));
        if (lefts.Length == 0 || rights.Length == 0)
        {
            return false;
        }

        var title = Math.Clamp(document.TitleTokens, scope.From, scope.To);
        var (inTitle, inBody) = (new Scope(scope.From, title), new Scope(title, scope.To));
        if (hits is null)
        {
            return Give(left, lefts, right, rights, inTitle, document, null) || Give(left, lefts, right, rights, inBody, document, null);
        }

        foreach (var part in (ReadOnlySpan<Scope>)[inTitle, inBody])
        {
            Give(left, lefts, right, rights, part, document, hits);
            Give(right, rights, left, lefts, part, document, hits);
        }

        return true;
    }

    /// <summary>Gives those of one side that have one of the other near; without a list only tells whether there is one.</summary>
    private bool Give(PlacedCondition side, Place[] places, PlacedCondition other, Place[] others, Scope scope, ReadDocument document, HitList? hits)
    {
        var near = Queries.Places.Within(others, scope.From, scope.To);
        foreach (var place in Queries.Places.Within(places, scope.From, scope.To))
        {
            if (hits is { IsFull: true })
            {
                return true;
            }

            if (!Queries.Places.HasNear(place, near, distance, other.Longest))
            {
                continue;
            }

            if (hits is null)
            {
                return true;
            }

            side.Give(place, document, hits);
        }

        return false;
    }
}

/// <summary>All sides in one sentence.</summary>
internal sealed class SentenceCondition(PlacedCondition[] sides) : Condition
{
    public override bool Holds(ReadDocument document, Scope scope) => Shared(document, scope).Count > 0;

    public override void Collect(ReadDocument document, Scope scope, HitList hits)
    {
        var shared = Shared(document, scope);
        foreach (var side in sides)
        {
            foreach (var place in Queries.Places.Within(side.Places(document), scope.From, scope.To))
            {
                if (shared.Contains(SentenceOf(document, place)))
                {
                    side.Give(place, document, hits);
                }
            }
        }
    }

    /// <summary>The sentences in which every side stands. A phrase stands where its first word does.</summary>
    private HashSet<int> Shared(ReadDocument document, Scope scope)
    {
        HashSet<int>? shared = null;
        foreach (var side in sides)
        {
            var sentences = new HashSet<int>();
            foreach (var place in Queries.Places.Within(side.Places(document), scope.From, scope.To))
            {
                sentences.Add(SentenceOf(document, place));
            }

            shared?.IntersectWith(sentences);
            shared ??= sentences;
            if (shared.Count == 0)
            {
                break;
            }
        }

        return shared!;
    }

    private static int SentenceOf(ReadDocument document, Place place) => document.Text.Tokens[place.First].Sentence;
}
