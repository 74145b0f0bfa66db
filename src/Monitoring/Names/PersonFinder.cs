using Monitoring.Watchlist;

namespace Monitoring.Names;

/// <summary>
/// Finds the listed persons in a text: surnames in one pass, then what stands beside each, then the whole document: where a person is named in full, the
/// bare surname means them too (<see cref="DocumentAnchors"/>). Immutable.
/// </summary>
internal sealed class PersonFinder
{
    private const int Surname = 50;
    private const int SurnameNearly = 30;
    private const int Anchor = 40;
    private const int InitialAgrees = 25;
    private const int SecondInitialAgrees = 15;
    private const int Context = 15;
    private const int Rare = 15;
    private const int Capital = 5;

    private readonly IReadOnlyList<ListedPerson> _persons;
    private readonly SurnameScan _surnames;

    public PersonFinder(IEnumerable<Person> persons)
    {
        var stems = new StemsOfParts();
        _persons = [.. persons.Select(person => new ListedPerson(person, stems))];
        _surnames = new SurnameScan(_persons);
    }

    public IReadOnlyList<Mention> Find(string text)
    {
        var hits = _surnames.Find(text);
        if (hits.Count == 0)
        {
            return [];
        }

        hits.RemoveAll(hit => hit is { IsShort: true, IsCapital: false });
        var read = hits.Select(hit => (Hit: hit, Name: NameReading.Read(text, hit, _persons[hit.Person]))).ToList();
        var anchors = new DocumentAnchors(read);
        return [.. read.Where(pair => MayBeMeant(pair.Hit, pair.Name)).Select(pair => Judge(text, pair.Hit, pair.Name, anchors))];
    }

    /// <summary>What is only nearly the surname needs the listed first name itself; a woman's surname as men bear it some first name of hers.</summary>
    private static bool MayBeMeant(SurnameHit hit, NameInContext name) => name.Kind switch
    {
        NameKind.Contradicted => false,
        NameKind.Full => !hit.IsNearly || name.Fit is GivenFit.Same,
        _ => !hit.IsNearly && !hit.IsMansForm,
    };

    private Mention Judge(string text, SurnameHit hit, NameInContext name, DocumentAnchors anchors)
    {
        var person = _persons[hit.Person];
        var reasons = new List<Reason> { SurnameReason(hit) };
        var score = hit.IsNearly ? SurnameNearly : Surname;
        score += name.Kind switch
        {
            NameKind.Full => name.Fit switch { GivenFit.Same => 45, GivenFit.Equivalent => 40, _ => 25 },
            NameKind.Initials => InitialAgrees + (name.Fit is GivenFit.Same ? SecondInitialAgrees : 0),
            _ => 0,
        };
        reasons.AddRange(name.Reasons);
        if (name.Kind is not NameKind.Full && anchors.Of(hit) is var anchor and not AnchorKind.None)
        {
            score += anchor is AnchorKind.Doubtful || person.Evidence is MinimumEvidence.Full ? Anchor / 2 : Anchor;
            reasons.Add(Reason.Of(anchor is AnchorKind.Doubtful ? "reason.anchor_doubtful" : "reason.anchor", person.Entry.Name));
        }
        else if (name.Kind is NameKind.Bare && person is { Evidence: MinimumEvidence.Surname, HasGiven: true }
            && hit is { IsCapital: true, IsExact: true, IsEndingExact: true } && anchors.IsOnlyOne(hit) && !NameReading.IsFollowedByName(text, hit))
        {
            score += Rare;
            reasons.Add(Reason.Of("reason.rare"));
        }

        if (hit.IsCapital)
        {
            score += Capital;
        }
        else
        {
            score -= name.Kind is NameKind.Full ? 20 : Surname;
            reasons.Add(Reason.Of("reason.small_letter"));
        }

        if (name.Kind is not NameKind.Full && person.Entry.Context.FirstOrDefault(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } context)
        {
            score += Context;
            reasons.Add(Reason.Of("reason.context", context));
        }

        if (!person.HasGiven && hit.IsCapital)
        {
            score += Context;
            reasons.Add(Reason.Of("reason.one_word"));
        }

        if (hit.Repaired is { } repaired)
        {
            reasons.Add(Reason.Of("reason.disguised", repaired));
        }

        var surface = text[name.Start..name.End];
        if (person.Entry.Aliases.FirstOrDefault(alias => alias.Source is not null && string.Equals(alias.Name, surface, StringComparison.OrdinalIgnoreCase)) is { } attested)
        {
            reasons.Add(Reason.Of("reason.listed_source", attested.Name, attested.Source!));
        }

        return new Mention(SubjectKind.Person, person.Entry.Id, person.Entry.Name, name.Start, name.End - name.Start, surface, Mention.BandOf(score), reasons) { Score = score };
    }

    /// <summary>"Жовтис + тің: Kazakh genitive".</summary>
    private static Reason SurnameReason(SurnameHit hit) => hit.Ending is { Case: not "nominative" } ending
        ? Reason.Of(hit.IsNearly ? "reason.surname_nearly_ending" : "reason.surname_ending", hit.Stem, hit.Rest, "@ending." + ending.Name)
        : Reason.Of(hit.IsNearly ? "reason.surname_nearly" : "reason.surname", hit.Stem);
}
