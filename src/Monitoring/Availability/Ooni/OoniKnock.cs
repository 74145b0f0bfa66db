using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Availability.Ooni;

/// <summary>
/// Reads once a day what OONI measured in the seven days before, a piece at each knock: the opinions are stored first, then how far it came. Reads nothing unless
/// the setting says so.
/// </summary>
public sealed class OoniKnock(
    WatchlistReader watchlist, OoniReading reading, OoniStore opinions, OoniPlaceStore places, OoniOptions options, TimeProvider time) : IKnock
{
    private const int Days = 7;

    /// <summary>Then the piece is left for the day, so that one that is always refused does not keep the others.</summary>
    private const int MostTries = 3;

    public string Name => "ReadOoni";

    public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Enabled)
        {
            return new JobResult.NothingDue();
        }

        var now = time.GetUtcNow();
        var place = await PlaceAsync(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero), cancellationToken);
        if (place.IsComplete || place.NotBefore > now)
        {
            return new JobResult.NothingDue();
        }

        if (OoniPiece.After(place.After, (await watchlist.GetAsync(cancellationToken)).Sites) is not { } piece)
        {
            await places.PutAsync(place with { IsComplete = true }, cancellationToken);
            return new JobResult.Done("all sites of the day are read");
        }

        var until = DateOnly.FromDateTime(place.Day.UtcDateTime);
        switch (await reading.ReadAsync(piece, until.AddDays(-Days), until, cancellationToken))
        {
            case OoniOutcome.Judged judged:
                await KeepAsync(piece, judged.Opinions, until, cancellationToken);
                await places.PutAsync(place with { After = piece.Place, Tries = 0, NotBefore = null }, cancellationToken);
                return new JobResult.Done($"{piece.Hosts.Count} domains of {piece.Country}, {judged.Opinions.Values.Count(opinion => opinion.Sign is OoniSign.Likely)} likely blocked");
            case OoniOutcome.NotYet notYet:
                await places.PutAsync(place with { NotBefore = now + notYet.After }, cancellationToken);
                return new JobResult.Done("asked to come later");
            case OoniOutcome.Unusable unusable:
                var next = place.Tries + 1 < MostTries ? place with { Tries = place.Tries + 1 } : place with { After = piece.Place, Tries = 0 };
                await places.PutAsync(next with { NotBefore = now + OoniClient.UsualWait }, cancellationToken);
                return new JobResult.Done($"nothing usable: {unusable.Problem}");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>A new day begins at its first piece, but no earlier than the server asked for.</summary>
    private async Task<OoniPlace> PlaceAsync(DateTimeOffset day, CancellationToken cancellationToken)
    {
        var place = await places.GetAsync(cancellationToken);
        return place is not null && place.Day == day ? place : new OoniPlace(day, After: null, Tries: 0, place?.NotBefore, IsComplete: false);
    }

    private async Task KeepAsync(OoniPiece piece, IReadOnlyDictionary<string, OoniOpinion> judged, DateOnly until, CancellationToken cancellationToken)
    {
        foreach (var (host, sites) in piece.Hosts)
        {
            foreach (var site in sites)
            {
                await opinions.PutAsync(new OoniReport(site.Id, piece.Country, host, until.AddDays(-Days), until, judged[host]), cancellationToken);
            }
        }
    }
}
