namespace Monitoring.Feeds.Reading;

/// <summary>Keeps the newest of many, at most <see cref="FeedReader.MaxItems"/>, because some feeds begin with their oldest; of undated ones the first.</summary>
internal sealed class Newest<T>(Func<T, DateTimeOffset?> date)
{
    private List<T> _kept = [];

    /// <summary>How many there were beyond the limit, as far as they are sorted out.</summary>
    public int LeftOut { get; private set; }

    public bool IsEmpty => _kept.Count == 0;

    public void Add(T item)
    {
        _kept.Add(item);
        if (_kept.Count >= 2 * FeedReader.MaxItems)
        {
            LeaveOut();
        }
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<T> Take()
    {
        LeaveOut();
        return _kept;
    }

    private void LeaveOut()
    {
        if (_kept.Count <= FeedReader.MaxItems)
        {
            return;
        }

        LeftOut += _kept.Count - FeedReader.MaxItems;
        if (_kept.TrueForAll(item => date(item) is null))
        {
            _kept.RemoveRange(FeedReader.MaxItems, _kept.Count - FeedReader.MaxItems);
            return;
        }

        _kept =
        [
            .. _kept.Select((item, place) => (Item: item, Place: place))
                .OrderByDescending(entry => date(entry.Item) ?? DateTimeOffset.MinValue)
                .Take(FeedReader.MaxItems)
                .OrderBy(entry => entry.Place)
                .Select(entry => entry.Item),
        ];
    }
}
