using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>Who is told what, and when. Pure. Costs by the rules that choose a record, not by those there are.</summary>
public sealed class RuleIndex
{
    private readonly List<CompiledRule> _rules;

    /// <summary>By kind of record; made when the first of them comes.</summary>
    private readonly Lazy<RuleBuckets>[] _buckets;

    private RuleIndex(IReadOnlyList<Recipient> recipients)
    {
        _rules = [.. recipients.SelectMany(CompiledRule.Of)];
        _buckets = [.. Enumerable.Range(0, 4).Select(place => new Lazy<RuleBuckets>(() => RuleBuckets.Of(_rules, areItems: place % 2 == 1, concernAll: place >= 2)))];
    }

    public static RuleIndex Of(IReadOnlyList<Recipient> recipients) => new(recipients);

    /// <summary>Everybody who is told of a record, each once, in the order of the list.</summary>
    public IEnumerable<Routing> Match(AlertRecord record)
    {
        RoutingSum? sum = null;
        foreach (var number in _buckets[(record.Kind is AlertKind.Item ? 1 : 0) + (record.ConcernsAll ? 2 : 0)].Value.Find(record))
        {
            var rule = _rules[number];
            if (!rule.Holds(record))
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
