namespace Monitoring.Queries;

/// <summary>The tokens of which a condition speaks: all, the title's, or the body's.</summary>
internal readonly record struct Scope(int From, int To);

/// <summary>A part of a query, made ready to be asked of documents.</summary>
internal abstract class Condition
{
    public abstract bool Holds(ReadDocument document, Scope scope);

    /// <summary>Gives the places for which it holds; asked only where it does.</summary>
    public abstract void Collect(ReadDocument document, Scope scope, HitList hits);
}

internal sealed class AllCondition(Condition[] parts) : Condition
{
    public override bool Holds(ReadDocument document, Scope scope) => Array.TrueForAll(parts, part => part.Holds(document, scope));

    public override void Collect(ReadDocument document, Scope scope, HitList hits) => Array.ForEach(parts, part => part.Collect(document, scope, hits));
}

internal sealed class AnyCondition(Condition[] parts) : Condition
{
    public override bool Holds(ReadDocument document, Scope scope) => Array.Exists(parts, part => part.Holds(document, scope));

    public override void Collect(ReadDocument document, Scope scope, HitList hits)
    {
        foreach (var part in parts)
        {
            if (part.Holds(document, scope))
            {
                part.Collect(document, scope, hits);
            }
        }
    }
}

internal sealed class ExceptCondition(Condition part) : Condition
{
    public override bool Holds(ReadDocument document, Scope scope) => !part.Holds(document, scope);

    public override void Collect(ReadDocument document, Scope scope, HitList hits)
    {
    }
}

internal sealed class WithinCondition(bool isTitle, Condition part) : Condition
{
    public override bool Holds(ReadDocument document, Scope scope) => part.Holds(document, Narrow(document));

    public override void Collect(ReadDocument document, Scope scope, HitList hits) => part.Collect(document, Narrow(document), hits);

    private Scope Narrow(ReadDocument document) => isTitle ? new Scope(0, document.TitleTokens) : new Scope(document.TitleTokens, document.Text.Tokens.Count);
}
