using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>Who is told what, and when. Pure. Costs by the rules that choose a record, not by those there are.</summary>
public sealed class RuleIndex
{
    private readonly List<CompiledRule> _rules;
    private readonly RuleBuckets[] _buckets = [new(areItems: false, concernAll: false), new(areItems: true, concernAll: false), new(areItems: false, concernAll: true), new(areItems: true, concernAll: true)];

    private RuleIndex(IReadOnlyList<Recipient> recipients)
    {
        _rules = [.. recipients.SelectMany(CompiledRule.Of)];
        foreach (var buckets in _buckets)
        {
            foreach (var (number, rule) in _rules.Index())
            {
                buckets.Add(number, rule);
            }

            buckets.Sort();
        }
    }

    public static RuleIndex Of(IReadOnlyList<Recipient> recipients) => new(recipients);

    /// <summary>Everybody who is told of a record, each once, in the order of the list.</summary>
    public IEnumerable<Routing> Match(AlertRecord record)
    {
        var numbers = _buckets[(record.Kind is AlertKind.Item ? 1 : 0) + (record.ConcernsAll ? 2 : 0)].Find(record);
        numbers.Sort();
        RoutingSum? sum = null;
        foreach (var (place, number) in numbers.Index())
        {
            var rule = _rules[number];
            if ((place > 0 && numbers[place - 1] == number) || !rule.Holds(record))
            {
                continue;
            }

            if (sum is not null && !ReferenceEquals(sum.Recipient, rule.Recipient))
            {
                if (sum.Routing is { } routing)
                {
                    yield return routing;
                }

                sum = null;
            }

            sum ??= new RoutingSum(rule.Recipient, record);
            sum.Add(rule);
        }

        if (sum?.Routing is { } last)
        {
            yield return last;
        }
    }
}
