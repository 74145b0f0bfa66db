using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.Availability;

/// <summary>When a site was and will be checked.</summary>
public sealed record SiteState(string Id, DateTimeOffset NextCheck, DateTimeOffset? QueuedUntil, DateTimeOffset? LastCheck, string? ETag)
{
    /// <summary>The notice of its certificate that was told last (<see cref="CertificateNotice.Name"/>).</summary>
    public string? Certificate { get; init; }
}

/// <summary>Table <c>Sites</c>: one partition, row = site id; queries served: one site, all sites.</summary>
public sealed class SiteStateStore(ITables tables)
{
    /// <summary>The kind in the due index.</summary>
    public const string DueKind = "site";

    private const string Partition = "site";

    private readonly IEntityTable _sites = tables.Open("Sites");

    public async Task<SiteState?> GetAsync(string id, CancellationToken cancellationToken)
    {
        var row = await _sites.GetAsync(Key(id), columns: null, cancellationToken);
        return row is null ? null : new SiteState(id, row.NeedTime("NextCheck"), row.GetTime("QueuedUntil"), row.GetTime("LastCheck"), row.ETag) { Certificate = row.GetText("Certificate") };
    }

    public Task<SaveResult> SaveAsync(SiteState state, CancellationToken cancellationToken) => _sites.ReplaceAsync(Write(state), cancellationToken);

    /// <summary>The row's own answer to a hint of the due index; marks the site as queued if it is due.</summary>
    public async Task<Claim> ClaimAsync(string id, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (await GetAsync(id, cancellationToken) is not { } state)
        {
            return new Claim.Retired();
        }

        return Claim.Refuse(state.NextCheck, state.QueuedUntil, now)
            ?? (await SaveAsync(state with { QueuedUntil = until }, cancellationToken) is SaveResult.Saved ? new Claim.Claimed() : new Claim.Taken());
    }

    /// <summary>After a site left the list; listed again it begins anew.</summary>
    public Task<SaveResult> RemoveAsync(SiteState state, CancellationToken cancellationToken) => _sites.DeleteAsync(Key(state.Id), state.ETag, cancellationToken);

    internal RosterOf Roster() => new(
        DueKind,
        (from, before, token) => _sites.QueryAsync(new RangeQuery(Partition) { From = from, Before = before, Columns = ["NextCheck"] }, token)
            .Select(row => (row.Key.Row, row.NeedTime("NextCheck"))),
        (ids, at, token) => _sites.AddMissingAsync(
            [.. ids.Select(id => Write(new SiteState(id, at, QueuedUntil: null, LastCheck: null, ETag: null)))], token));

    private static EntityKey Key(string id) => new(Partition, id);

    private static Entity Write(SiteState state) => new Entity(Key(state.Id))
    {
        ETag = state.ETag,
    }
        .Set("NextCheck", state.NextCheck)
        .Set("QueuedUntil", state.QueuedUntil)
        .Set("LastCheck", state.LastCheck)
        .Set("Certificate", state.Certificate);
}
