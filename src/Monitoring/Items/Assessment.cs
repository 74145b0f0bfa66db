using Monitoring.Languages;
using Monitoring.Violations;
using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <param name="Severity">How urgent.</param>
/// <param name="Passage">Start and length of the decisive sentence in the item's text.</param>
/// <param name="Act">The act or the topic that decided; null if a name did.</param>
/// <param name="IsTogether">A listed name stands in the decisive sentence.</param>
public sealed record Assessed(Severity Severity, IReadOnlyList<FlagSubject> Subjects, (int Start, int Length) Passage, IReadOnlyList<Reason> Reasons, Finding? Act, bool IsTogether);

/// <summary>
/// Decides from its findings whether an item is flagged, and how urgent it is. Pure. An act is a kind of violation the text reports, or a topic of the
/// list. In this order: 1. nothing found, or only the outlet that published it: no flag; 2. a name and an act in one sentence: as severe as the act; 3. a
/// name and an act further apart: one step less; 4. a person without act: medium, an outlet without act: info; 5. without a name an act against the press:
/// one step less; a topic: one step less, at most medium; any other act is no flag.
/// </summary>
public static class Assessment
{
    /// <param name="text">The item's whole text, in which the findings stand.</param>
    /// <param name="ownOutletId">The outlet that published the item: naming itself says nothing.</param>
    /// <param name="severityOf">Of a topic or an act.</param>
    public static Assessed? Assess(string text, IReadOnlyList<Finding> findings, string? ownOutletId, Func<Finding, Severity> severityOf)
    {
        var named = findings.Where(finding => finding.IsName && finding.SubjectId != ownOutletId).ToList();
        var acts = findings
            .Where(finding => finding.Kind is FindingKind.Topic || (finding.Kind is FindingKind.Violation && (named.Count > 0 || finding.Victim >= Victim.Press)))
            .OrderByDescending(severityOf)
            .ThenByDescending(finding => finding.Kind)
            .ThenByDescending(finding => finding.Score)
            .ToList();
        return (named.Count, acts.Count) switch
        {
            (0, 0) => null,
            (0, _) => ActOnly(text, acts, severityOf),
            (_, 0) => NameOnly(text, named),
            _ => NameAndAct(text, named, acts, severityOf),
        };
    }

    private static Assessed ActOnly(string text, List<Finding> acts, Func<Finding, Severity> severityOf)
    {
        var gravest = acts.MaxBy(Alone)!;
        return new Assessed(Alone(gravest), SubjectsOf([], acts, gravest), Sentences.Around(text, gravest.Start, gravest.Length), [.. gravest.Reasons, Reason.Of("reason.topic_only")], gravest, IsTogether: false);

        Severity Alone(Finding act) => act.Kind is FindingKind.Violation ? Lower(severityOf(act)) : (Severity)Math.Min((int)Severity.Medium, (int)Lower(severityOf(act)));
    }

    private static Assessed NameOnly(string text, List<Finding> named)
    {
        var first = named.MinBy(finding => finding.Kind)!;
        var severity = first.Kind is FindingKind.Person ? Severity.Medium : Severity.Info;
        return new Assessed(severity, SubjectsOf(named, [], null), Sentences.Around(text, first.Start, first.Length), first.Reasons, Act: null, IsTogether: false);
    }

    private static Assessed NameAndAct(string text, List<Finding> named, List<Finding> acts, Func<Finding, Severity> severityOf)
    {
        var together = acts
            .Select(act => (Act: act, Sentence: Sentences.Around(text, act.Start, act.Length)))
            .Select(pair => (pair.Act, pair.Sentence, Name: named.Find(name => IsInside(name, pair.Sentence))))
            .FirstOrDefault(pair => pair.Name is not null);
        var gravest = acts[0];
        var apart = Lower(severityOf(gravest));
        if (gravest.Kind is FindingKind.Violation && named.Exists(name => name.Kind is FindingKind.Person))
        {
            // A person is worth as much without it.
            apart = (Severity)Math.Max((int)apart, (int)Severity.Medium);
        }

        if (together.Act is { } act && severityOf(act) >= apart)
        {
            IReadOnlyList<Reason> why = [.. together.Name!.Reasons, .. act.Reasons, Reason.Of("reason.same_sentence")];
            return new Assessed(severityOf(act), SubjectsOf(named, acts, act), together.Sentence, why, act, IsTogether: true);
        }

        IReadOnlyList<Reason> reasons = [.. named[0].Reasons, .. gravest.Reasons, Reason.Of("reason.other_sentence")];
        return new Assessed(apart, SubjectsOf(named, acts, gravest), Sentences.Around(text, gravest.Start, gravest.Length), reasons, gravest, IsTogether: false);
    }

    private static IReadOnlyList<FlagSubject> SubjectsOf(List<Finding> named, List<Finding> acts, Finding? first) =>
        [.. named.Concat(first is null ? [] : [first]).Concat(acts).Select(finding => new FlagSubject(finding.Kind, finding.SubjectId, finding.Name)).Distinct().OrderBy(subject => subject.Kind)];

    private static bool IsInside(Finding finding, (int Start, int Length) sentence) =>
        finding.Start >= sentence.Start && finding.Start + finding.Length <= sentence.Start + sentence.Length;

    private static Severity Lower(Severity severity) => severity is Severity.Info ? Severity.Info : severity - 1;
}
