using Monitoring.Alerts;
using Monitoring.Languages;
using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>A flag as recipients are told of it. Pure.</summary>
internal static class FlagAlert
{
    /// <summary>By which alerts about an item are known; the key of an alert that was told stays when the item goes.</summary>
    public static string KeyOf(ItemKey item) => $"item.{item}";

    /// <param name="mayBeImmediate">False for old news: it stands in digests only.</param>
    public static AlertRecord Of(Flag flag, bool mayBeImmediate)
    {
        var matter = flag.Story is { } story ? $"story.{story.Id}" : KeyOf(flag.Item);
        return new AlertRecord
        {
            Key = KeyOf(flag.Item),
            Kind = AlertKind.Item,
            Matter = matter,
            Facts = [.. FactsOf(flag)],
            Mute = matter,
            Review = flag.State switch
            {
                FlagState.Confirmed => AlertReview.Confirmed,
                FlagState.Dismissed => AlertReview.Dismissed,
                _ => AlertReview.Unreviewed,
            },
            Severity = flag.Severity,
            Country = flag.Country,
            At = flag.Published ?? flag.At,
            Subjects = [.. flag.Subjects.SelectMany(subject => new[] { subject.Id, subject.Name })],
            Violations = [.. flag.Acts.Select(act => act.Id)],
            MayBeImmediate = mayBeImmediate,
            Fact = FlagFact.Of(flag.Subjects),
            Headline = flag.Title,
            Language = LanguageDetector.Languages.Contains(flag.Language) ? flag.Language : LanguageDetector.Detect(flag.Title)?.Language,
            Outlet = flag.Outlet,
            Link = flag.Link,
            Passage = flag.Passage,
            Reasons = flag.Reasons,
            Page = $"items/{flag.Item}",
        };
    }

    /// <summary>That the article was taken away: a further fact of the same matter, never mailed at once.</summary>
    public static AlertRecord Gone(AlertRecord alert, Flag flag, ItemGone gone)
    {
        var key = $"gone.{flag.Item}.{Keys.Day(gone.Since)}";
        return alert with { Key = key, Facts = [key], At = gone.Confirmed, MayBeImmediate = false, Fact = FlagFact.Gone(flag.Subjects) };
    }

    /// <summary>Whom it names, or where it names nobody, outlets and topics: an outlet that a copy quotes makes no new fact of an arrest.</summary>
    private static IEnumerable<string> FactsOf(Flag flag)
    {
        var persons = flag.Subjects.Where(subject => subject.Kind is FindingKind.Person).ToList();
        var about = persons.Count > 0 ? persons : [.. flag.Subjects.Where(subject => subject.Kind is not FindingKind.Violation)];
        return [.. about.Select(subject => AlertFacts.Who(subject.Id)), .. flag.Acts.Select(act => AlertFacts.Act(act.Id)), .. AlertFacts.Levels(flag.Severity)];
    }
}
