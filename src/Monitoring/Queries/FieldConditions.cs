using Monitoring.Languages;

namespace Monitoring.Queries;

/// <summary>A listed person or outlet, or a violation type, found in the item.</summary>
internal sealed class FoundCondition(Query.Field field) : Condition
{
    private readonly string _part = field.ToString();

    public override bool Holds(ReadDocument document, Scope scope) => document.Document.Found.Any(IsMeant);

    public override void Collect(ReadDocument document, Scope scope, HitList hits)
    {
        foreach (var found in document.Document.Found.Where(IsMeant))
        {
            hits.Add(found.Start, found.Length, _part);
        }
    }

    private bool IsMeant(FoundInItem found) => found.Kind == field.Name && KeysOf(found).Contains(field);

    /// <summary>The fields that ask for it: by its id, by its name.</summary>
    public static IEnumerable<Query.Field> KeysOf(FoundInItem found) => found.Kind is QueryField.Type
        ? [new(found.Kind, found.Id)]
        : [new(found.Kind, FoldedText.Fold(found.Id)), new(found.Kind, FoldedText.Fold(found.Name))];
}

/// <summary>Source, language or country.</summary>
internal sealed class OriginCondition(Query.Field field) : Condition
{
    public override bool Holds(ReadDocument document, Scope scope) => field.Name switch
    {
        QueryField.Lang => document.Document.Language == field.Value,
        QueryField.Country => document.Document.Country == field.Value,
        _ => document.Document.Sources.Any(source => IsNamed(source.Id) || IsNamed(source.Name)),
    };

    public override void Collect(ReadDocument document, Scope scope, HitList hits)
    {
    }

    private bool IsNamed(string name) => FoldedText.Fold(name) == field.Value;
}

/// <summary>Published at a time or later.</summary>
internal sealed class SinceCondition(Func<DateTimeOffset, DateTimeOffset> since) : Condition
{
    public override bool Holds(ReadDocument document, Scope scope) => document.Document.Published >= since(document.Now);

    public override void Collect(ReadDocument document, Scope scope, HitList hits)
    {
    }
}
