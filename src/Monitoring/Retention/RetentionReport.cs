using System.Globalization;

namespace Monitoring.Retention;

/// <summary>What retention removes, one word per kind.</summary>
public enum RemovedKind
{
    /// <summary>Never flagged.</summary>
    UnflaggedItems,
    DismissedItems,

    /// <summary>Traces of removed items.</summary>
    Tombstones,

    /// <summary>Rows by which copies of items are found.</summary>
    StoryBands,
    Captures,
    CaptureBodies,
    GoodMeasurements,
    OtherMeasurements,

    /// <summary>Hours of compact facts.</summary>
    CheckHours,

    /// <summary>What OONI's measurements came to, by site and day.</summary>
    OoniOpinions,

    /// <summary>What mails said; the mails' keys stay.</summary>
    Mails,
    Digests,

    /// <summary>States of sources and sites that left the list.</summary>
    RetiredStates,
    IdleHosts,
}

/// <summary>What a run removed, or would remove, by kind; bytes of blobs as stored.</summary>
public sealed class RetentionReport
{
    private readonly SortedDictionary<RemovedKind, (long Count, long Bytes)> _removed = [];

    public IReadOnlyDictionary<RemovedKind, (long Count, long Bytes)> Removed => _removed;

    public void Add(RemovedKind kind, long count, long bytes = 0)
    {
        if (count > 0)
        {
            var (before, bytesBefore) = _removed.GetValueOrDefault(kind);
            _removed[kind] = (before + count, bytesBefore + bytes);
        }
    }

    /// <summary>For the job log: <c>12 UnflaggedItems, 3 CaptureBodies (40960 bytes)</c>.</summary>
    public override string ToString() => _removed.Count == 0
        ? "nothing to remove"
        : string.Join(", ", _removed.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Value.Count} {kind.Key}{(kind.Value.Bytes > 0 ? $" ({kind.Value.Bytes} bytes)" : "")}")));
}
