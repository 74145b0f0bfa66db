using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.Violations;

/// <summary>What is wrong with the kinds of act that recipients chose, for those who check a watch list.</summary>
public static class ViolationChoice
{
    /// <summary>The field, and what no kind of act is called.</summary>
    public static IEnumerable<(string Field, string Message)> ProblemsOf(Entry entry)
    {
        if (entry is not Recipient recipient)
        {
            yield break;
        }

        foreach (var (index, rule) in recipient.Rules.Index())
        {
            foreach (var code in rule.Violations.Where(code => ViolationType.Find(code) is null))
            {
                yield return (TellingRulesField.At(index, "violations"), $"no kind of act is called '{code}'{Suggestion.For(code, ViolationType.All.Select(type => type.Code))}");
            }
        }
    }
}
