using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;

namespace Monitoring.Availability;

/// <summary>What earlier rounds taught: the site's page, what vantages met at other sites, how long handshakes took.</summary>
public interface ICheckMemory
{
    Task<ISiteMemory> RecallAsync(string siteId, CancellationToken cancellationToken);
}

/// <summary>What is known of one site.</summary>
public interface ISiteMemory
{
    /// <summary>The facts of this round and what is known from earlier ones.</summary>
    Task<CheckFacts> CompleteAsync(CheckFacts facts, CancellationToken cancellationToken);
}

/// <summary>Nothing is known, as for a single check on the command line.</summary>
public sealed class NoMemory : ICheckMemory, ISiteMemory
{
    public Task<ISiteMemory> RecallAsync(string siteId, CancellationToken cancellationToken) => Task.FromResult<ISiteMemory>(this);

    public Task<CheckFacts> CompleteAsync(CheckFacts facts, CancellationToken cancellationToken) => Task.FromResult(facts);
}

/// <summary>From the states of the site's vantages, read at once; what a vantage met elsewhere is read only where it can matter.</summary>
public sealed class CheckMemory(VantageStateStore states, NeighbourhoodStore neighbourhoods) : ICheckMemory
{
    public async Task<ISiteMemory> RecallAsync(string siteId, CancellationToken cancellationToken) =>
        new OfSite(siteId, (await states.ListAsync(siteId, cancellationToken)).ToDictionary(state => state.VantageId), neighbourhoods);

    private sealed class OfSite(string siteId, IReadOnlyDictionary<string, VantageState> states, NeighbourhoodStore neighbourhoods) : ISiteMemory
    {
        public async Task<CheckFacts> CompleteAsync(CheckFacts facts, CancellationToken cancellationToken)
        {
            var (mine, control) = (states.GetValueOrDefault(facts.Vantage.VantageId), facts.Control is { } direct ? states.GetValueOrDefault(direct.VantageId) : null);
            return facts with
            {
                Profile = control?.Profile,
                Handshakes = new HandshakeTimes(
                    HandshakeTimes.Add(mine?.SiteHandshakes ?? [], facts.Vantage),
                    HandshakeTimes.Add(mine?.CanaryHandshakes ?? [], facts.Canaries is [var canary, ..] ? canary : null),
                    HandshakeTimes.Add(control?.SiteHandshakes ?? [], facts.Control)),
                Neighbourhood = Sighting.Of(facts).Count > 0
                    ? await neighbourhoods.GetAsync(facts.Vantage.VantageId, siteId, facts.Vantage.Started, cancellationToken)
                    : Neighbourhood.Empty,
            };
        }
    }
}
