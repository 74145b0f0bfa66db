namespace Monitoring.Names;

/// <summary>What the rest of a document says of a surname that stands alone.</summary>
internal enum AnchorKind
{
    /// <summary>The person is nowhere named in full, or another of that surname was named later.</summary>
    None,

    /// <summary>The person is named in full, and so is somebody else of that surname.</summary>
    Doubtful,

    Certain,
}

/// <summary>
/// Who is named in full in a document: later and earlier, their bare surnames mean them too. Where several persons of one surname are named in full, a bare
/// one means whoever was named last before it.
/// </summary>
internal sealed class DocumentAnchors
{
    /// <summary>By person, in the order of the text.</summary>
    private readonly ILookup<int, int> _full;

    /// <summary>Whose surname is also somebody else's here: with another first name.</summary>
    private readonly HashSet<int> _strangers;

    /// <summary>Persons by where their surnames stand.</summary>
    private readonly ILookup<int, int> _persons;

    public DocumentAnchors(IReadOnlyList<(SurnameHit Hit, NameInContext Name)> all)
    {
        _full = all.Where(pair => pair.Name.Kind is NameKind.Full && pair.Name.Fit is not GivenFit.Nearly).ToLookup(pair => pair.Hit.Person, pair => pair.Hit.Start);
        _strangers = [.. all.Where(pair => pair.Name.Kind is NameKind.Contradicted).Select(pair => pair.Hit.Person)];
        _persons = all.ToLookup(pair => pair.Hit.Start, pair => pair.Hit.Person);
    }

    public AnchorKind Of(SurnameHit hit)
    {
        if (!_full.Contains(hit.Person) || !hit.IsCapital || (hit.IsShort && !hit.IsExact))
        {
            return AnchorKind.None;
        }

        var others = _persons[hit.Start].Where(person => person != hit.Person && _full.Contains(person)).ToList();
        return others.Count == 0 ? (_strangers.Contains(hit.Person) ? AnchorKind.Doubtful : AnchorKind.Certain)
            : others.TrueForAll(other => Distance(hit, hit.Person) <= Distance(hit, other)) ? AnchorKind.Doubtful : AnchorKind.None;
    }

    /// <summary>Nobody else of the list has this surname, and nobody with another first name stands here.</summary>
    public bool IsOnlyOne(SurnameHit hit) => !_strangers.Contains(hit.Person) && _persons[hit.Start].All(person => person == hit.Person);

    /// <summary>To the last full name before the surname; one that comes after it is farther than any before.</summary>
    private long Distance(SurnameHit hit, int person) =>
        _full[person].Select(start => start <= hit.Start ? hit.Start - start : int.MaxValue + (long)(start - hit.Start)).Min();
}
