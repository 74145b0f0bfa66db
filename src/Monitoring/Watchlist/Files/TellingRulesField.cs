using System.Globalization;

namespace Monitoring.Watchlist.Files;

/// <summary>
/// The written form of a recipient's rules, a list of groups: <c>{ name: Arrests, when: reviewed, about: items, severity: high, violations: [detention], languages: [ru],
/// countries: [KZ], subjects: [Aidos] }</c>. All but <c>when</c> may be left out, and then chooses everything.
/// </summary>
internal static class TellingRulesField
{
    public const string Name = "rules";

    private const int LongestName = 100;

    public static IReadOnlyList<TellingRule> Read(FieldReader fields)
    {
        IReadOnlyList<TellingRule> rules = [.. fields.Groups(Name).Select(rule => ReadRule(rule, fields))];
        fields.Require(rules.Count <= Recipient.MostRules, Name, string.Create(CultureInfo.InvariantCulture, $"at most {Recipient.MostRules} rules are expected, and these are {rules.Count}"));
        return rules;
    }

    public static void Write(IReadOnlyList<TellingRule> rules, FieldWriter fields) => fields.Groups(Name, rules.Select(WriteRule));

    /// <summary>Where a field of a rule stands in its recipient.</summary>
    public static string At(int index, string field) => string.Create(CultureInfo.InvariantCulture, $"{Name}[{index}].{field}");

    private static TellingRule ReadRule(FieldReader rule, FieldReader recipient)
    {
        var read = new TellingRule
        {
            Name = rule.TextOrNull("name", LongestName),
            When = rule.Choice<TellingTime>("when") ?? TellingTime.AtOnce,
            About = rule.Choice<TellingScope>("about") ?? TellingScope.All,
            Severity = rule.Choice<Severity>("severity") ?? Severity.Info,
            Subjects = rule.Texts("subjects"),
            Violations = [.. rule.Texts("violations").Select(code => code.ToUpperInvariant())],
            Languages = rule.Languages("languages"),
            Countries = rule.Countries("countries"),
        };
        rule.Need("when", "atonce, reviewed, hourly, daily or weekly");
        rule.Require(read.When is not TellingTime.Daily || recipient.Has("digest"), "when", "the recipient has no 'digest', the time of day at which daily mails come");
        rule.Require(
            read.When is not TellingTime.Weekly || (recipient.Has("digest") && recipient.Has("weekly")),
            "when",
            "the recipient needs 'weekly' and 'digest', the day and the time of day at which weekly mails come");
        rule.Require(read.About is not TellingScope.Sites || read.Violations.Count == 0, "violations", "a rule about sites has no kinds of act; use 'about: items'");
        rule.End();
        return read;
    }

    private static Node.Map WriteRule(TellingRule rule) => new FieldWriter()
        .Text("name", rule.Name)
        .Choice<TellingTime>("when", rule.When)
        .Choice<TellingScope>("about", rule.About is TellingScope.All ? null : rule.About)
        .Choice<Severity>("severity", rule.Severity is Severity.Info ? null : rule.Severity)
        .Texts("subjects", rule.Subjects)
        .Texts("violations", rule.Violations)
        .Texts("languages", rule.Languages)
        .Texts("countries", rule.Countries)
        .Map;
}
