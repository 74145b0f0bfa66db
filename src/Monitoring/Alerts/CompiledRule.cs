using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>
/// One rule of one recipient, whichever field of the watch list it comes from. In this order, which decides between reasons that tell equally soon:
/// <list type="number">
/// <item>who is followed: at once, whatever countries, subjects and severity the recipient chose;</item>
/// <item>the recipient's rules, each with its own limits;</item>
/// <item>items that are severe enough at once; sites at once; everything daily; everything weekly, unless a rule says what is weekly. All limited to the countries and subjects the recipient chose.</item>
/// </list>
/// </summary>
internal sealed record CompiledRule(Recipient Recipient, TellingRule Chooses, Reason Why)
{
    /// <summary>Whether only these subjects are meant, even of what concerns all.</summary>
    public bool IsFollowing { get; private init; }

    public static IEnumerable<CompiledRule> Of(Recipient recipient)
    {
        foreach (var followed in recipient.Follow)
        {
            yield return new CompiledRule(recipient, new TellingRule { When = TellingTime.AtOnce, Subjects = [followed] }, Reason.Of("why.follow", followed)) { IsFollowing = true };
        }

        foreach (var rule in recipient.Rules)
        {
            yield return new CompiledRule(recipient, rule, WhyOf(rule));
        }

        var all = new TellingRule { When = TellingTime.AtOnce, Countries = recipient.Countries, Subjects = recipient.Only };
        if (recipient.AtOnce is { } least)
        {
            yield return new CompiledRule(recipient, all with { About = TellingScope.Items, Severity = least }, Reason.Of("why.severity"));
        }

        if (recipient.Sites)
        {
            yield return new CompiledRule(recipient, all with { About = TellingScope.Sites }, Reason.Of("why.sites"));
        }

        if (recipient.Digest is not null)
        {
            yield return new CompiledRule(recipient, all with { When = TellingTime.Daily }, Reason.Of("why.digest"));
        }

        if (recipient.Weekly is not null && recipient.Rules.All(rule => rule.When is not TellingTime.Weekly))
        {
            yield return new CompiledRule(recipient, all with { When = TellingTime.Weekly }, Reason.Of("why.weekly"));
        }
    }

    /// <summary>Whether the record is what it chooses.</summary>
    public bool Holds(AlertRecord record) =>
        record.Severity >= Chooses.Severity
        && (Chooses.About is TellingScope.All || Chooses.About is TellingScope.Items == record.Kind is AlertKind.Item)
        && (Chooses.Subjects.Count == 0 || (record.ConcernsAll && !IsFollowing) || Chooses.Subjects.Any(subject => record.Subjects.Contains(subject, StringComparer.Ordinal)))
        && (Chooses.Violations.Count == 0 || Chooses.Violations.Any(code => record.Violations.Contains(code, StringComparer.Ordinal)))
        && (Chooses.Languages.Count == 0 || record.Kind is not AlertKind.Item || Contains(Chooses.Languages, record.Language))
        && (Chooses.Countries.Count == 0 || Contains(Chooses.Countries, record.Country));

    private static bool Contains(IReadOnlyList<string> chosen, string? value) => value is not null && chosen.Contains(value, StringComparer.Ordinal);

    /// <summary>A rule without a name is called after what it chooses.</summary>
    private static Reason WhyOf(TellingRule rule) => (rule.Name ?? string.Join(", ", [.. rule.Subjects, .. rule.Violations, .. rule.Languages, .. rule.Countries])) switch
    {
        "" => Reason.Of("why.rule.all"),
        var name => Reason.Of("why.rule", name),
    };
}
