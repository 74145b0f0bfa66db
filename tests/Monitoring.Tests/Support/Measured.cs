using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Monitoring.Tests.Support;

/// <summary>What was counted and timed by the flow of one test, though the instruments belong to the whole process.</summary>
internal sealed class Measured : IDisposable
{
    private static readonly AsyncLocal<Measured?> Current = new();

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _all = new();

    /// <summary>Begins here, for this flow and those that come of it.</summary>
    public Measured()
    {
        Current.Value = this;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The sum by tags, e.g. <c>outcome=new: 2</c>, in order; what summed up to nothing is left out.</summary>
    public string Sum(string name) => string.Join(", ", _all.Where(one => one.Name == name).GroupBy(one => one.Tags, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Where(group => group.Any(one => one.Value != 0)).Select(group => FormattableString.Invariant($"{group.Key}: {group.Sum(one => one.Value)}")));

    public IEnumerable<(string Name, double Value, string Tags)> Of(string name) => _all.Where(one => one.Name == name);

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Current.Value == this)
        {
            var words = tags.ToArray().Select(tag => $"{tag.Key.Replace("monitoring.", "", StringComparison.Ordinal)}={tag.Value}");
            _all.Enqueue((instrument.Name, value, string.Join(' ', words)));
        }
    }
}
