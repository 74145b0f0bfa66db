namespace Monitoring.Feeds.Reading;

/// <summary>Counts the repairs of one document and remembers where each kind was needed first.</summary>
internal sealed class RepairLog
{
    private readonly (int Count, int First)[] _kinds = new (int, int)[Enum.GetValues<FeedRepairKind>().Length];

    /// <param name="at">The position in the bytes.</param>
    public void Note(FeedRepairKind kind, int at, int count = 1)
    {
        ref var noted = ref _kinds[(int)kind];
        noted = (Math.Min(noted.Count, int.MaxValue - count) + count, noted.Count == 0 ? at : noted.First);
    }

    public IReadOnlyList<FeedRepair> ToReport(ReadOnlySpan<byte> document)
    {
        var report = new List<FeedRepair>();
        for (var kind = 0; kind < _kinds.Length; kind++)
        {
            var (count, first) = _kinds[kind];
            if (count > 0)
            {
                report.Add(new FeedRepair((FeedRepairKind)kind, count, document[..Math.Min(first, document.Length)].Count((byte)'\n') + 1));
            }
        }

        return report;
    }
}
