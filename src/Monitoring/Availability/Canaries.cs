using Monitoring.Blocking;
using Monitoring.Watchlist;

namespace Monitoring.Availability;

/// <summary>The pages that show whether a vantage works.</summary>
public interface ICanaries
{
    /// <summary>The vantage's canary as it was seen lately or is seen now; null if it has none.</summary>
    Task<Measurement?> GetAsync(Vantage vantage, CancellationToken cancellationToken);

    /// <summary>The vantage's canary as it is seen now; null if it has none.</summary>
    Task<Measurement?> MeasureAsync(Vantage vantage, CancellationToken cancellationToken);
}

/// <summary>Measured each time.</summary>
public sealed class FreshCanaries(IVantageLines lines) : ICanaries
{
    public Task<Measurement?> GetAsync(Vantage vantage, CancellationToken cancellationToken) => MeasureAsync(vantage, cancellationToken);

    public async Task<Measurement?> MeasureAsync(Vantage vantage, CancellationToken cancellationToken) =>
        vantage.Canary is { } url ? (await lines.MeasureAsync("canary", url, vantage, against: null, cancellationToken)).Measurement : null;
}

/// <summary>A result stands for its vantage for a while. Sites checked at the same moment may measure it twice.</summary>
public sealed class SharedCanaries(FreshCanaries fresh, MeasurementStore measurements, AvailabilityOptions options, TimeProvider time) : ICanaries
{
    public async Task<Measurement?> GetAsync(Vantage vantage, CancellationToken cancellationToken) => vantage.Canary is null
        ? null
        : await measurements.GetCanaryAsync(vantage.Id, time.GetUtcNow() - options.CanaryFresh, cancellationToken) ?? await MeasureAsync(vantage, cancellationToken);

    public async Task<Measurement?> MeasureAsync(Vantage vantage, CancellationToken cancellationToken)
    {
        var canary = await fresh.MeasureAsync(vantage, cancellationToken);
        if (canary is not null)
        {
            await measurements.PutCanaryAsync(canary, cancellationToken);
        }

        return canary;
    }
}
