using System.Diagnostics;
using System.Globalization;
using Monitoring.Fetching;

namespace Monitoring.Availability.Ooni;

/// <summary>What became of reading one piece.</summary>
public abstract record OoniOutcome
{
    private OoniOutcome()
    {
    }

    /// <summary>An opinion for every host of the piece.</summary>
    public sealed record Judged(IReadOnlyDictionary<string, OoniOpinion> Opinions) : OoniOutcome;

    /// <summary>The host is visited by somebody else, or the server asks us to wait.</summary>
    public sealed record NotYet(TimeSpan After) : OoniOutcome;

    public sealed record Unusable(string Problem) : OoniOutcome;
}

/// <summary>
/// Asks what OONI has of one piece, and judges: first the networks of the country; for hosts where they show much trouble also other countries and kinds. Two
/// or three requests one after the other are one visit of the host, like redirects; the pause after it is as long as theirs together.
/// </summary>
public sealed class OoniReading(OoniClient client, HostGate gate, OoniOptions options, FetchingOptions fetching, TimeProvider time)
{
    private const int MostRequests = 3;

    public async Task<OoniOutcome> ReadAsync(OoniPiece piece, DateOnly since, DateOnly until, CancellationToken cancellationToken)
    {
        var (host, started) = (options.Api.IdnHost, time.GetUtcNow());
        if (await gate.EnterAsync(host, started, MostRequests * (fetching.Timeout + fetching.HostInterval), cancellationToken) is { } notBefore)
        {
            return new OoniOutcome.NotYet(notBefore - started);
        }

        var next = started + MostRequests * fetching.HostInterval;
        try
        {
            var outcome = await AskAsync(piece, since, until, cancellationToken);
            if (outcome is OoniOutcome.NotYet { After: var wait } && time.GetUtcNow() + wait is var asked && asked > next)
            {
                next = asked;
            }

            return outcome;
        }
        finally
        {
            // Also after a cancellation: the requests were sent, and the pause is owed.
            await gate.LeaveAsync(host, next, CancellationToken.None);
        }
    }

    private async Task<OoniOutcome> AskAsync(OoniPiece piece, DateOnly since, DateOnly until, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> hosts = [.. piece.Hosts.Keys.Order(StringComparer.Ordinal)];
        var answer = await client.AskAsync(new OoniQuery(OoniAxis.Network, piece.Country, hosts, since, until), cancellationToken);
        if (answer is not OoniAnswer.Read { Rows: var rows, MayAskOn: var mayAskOn })
        {
            return Without(answer);
        }

        var networks = hosts.ToDictionary(host => host, host => Networks(rows, host), StringComparer.Ordinal);
        var elevated = hosts.Where(host => OoniStatistics.IsElevated(networks[host])).ToList();
        IReadOnlyList<OoniRow> elsewhere = [], kinds = [];
        foreach (var (axis, country) in elevated.Count == 0 ? [] : new[] { (OoniAxis.Country, null), (OoniAxis.Kind, piece.Country) })
        {
            if (!mayAskOn)
            {
                return new OoniOutcome.NotYet(OoniClient.UsualWait);
            }

            answer = await client.AskAsync(new OoniQuery(axis, country, elevated, since, until), cancellationToken);
            if (answer is not OoniAnswer.Read more)
            {
                return Without(answer);
            }

            mayAskOn = more.MayAskOn;
            (elsewhere, kinds) = axis is OoniAxis.Country ? (more.Rows, kinds) : (elsewhere, more.Rows);
        }

        return new OoniOutcome.Judged(hosts.ToDictionary(host => host, host => OoniStatistics.Judge(new OoniDomain(
            networks[host], ByAxis(elsewhere.Where(row => row.Axis != piece.Country), host), ByAxis(kinds, host))), StringComparer.Ordinal));
    }

    private static OoniOutcome Without(OoniAnswer answer) => answer switch
    {
        OoniAnswer.Later later => new OoniOutcome.NotYet(later.After),
        OoniAnswer.Unusable unusable => new OoniOutcome.Unusable(unusable.Problem),
        _ => throw new UnreachableException(),
    };

    /// <summary>What has no number counts as network 0.</summary>
    private static Dictionary<long, OoniCounts> Networks(IEnumerable<OoniRow> rows, string host) => ByAxis(rows, host)
        .GroupBy(pair => long.TryParse(pair.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        .ToDictionary(group => group.Key, group => OoniCounts.Sum(group.Select(pair => pair.Value)));

    private static Dictionary<string, OoniCounts> ByAxis(IEnumerable<OoniRow> rows, string host) => rows.Where(row => string.Equals(row.Domain, host, StringComparison.OrdinalIgnoreCase))
        .GroupBy(row => row.Axis, StringComparer.Ordinal).ToDictionary(group => group.Key, group => OoniCounts.Sum(group.Select(row => row.Counts)), StringComparer.Ordinal);
}
