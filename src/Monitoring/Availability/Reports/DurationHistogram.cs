using System.Globalization;

namespace Monitoring.Availability.Reports;

/// <summary>
/// How often something took how long, in milliseconds, so that the percentiles of any period come from the sums of its days. Buckets grow by a tenth: a
/// percentile is within 4.8 % of the time that has its rank; of zero it is exact. What took more than an hour counts as an hour.
/// </summary>
public sealed class DurationHistogram
{
    /// <summary>A bucket's upper end to that of the one before; what stands for a bucket is 2 × upper end / (1 + growth), at most (growth − 1) / (growth + 1) off.</summary>
    private const double Growth = 1.1;

    /// <summary>An hour and some minutes.</summary>
    private const int Last = 160;

    /// <summary>Upper ends: bucket 0 holds zero, bucket 1 one millisecond, bucket i more than Growth^(i-2) and at most Growth^(i-1).</summary>
    private static readonly double[] Ends = [0, .. Enumerable.Range(0, Last).Select(i => Math.Pow(Growth, i))];

    private readonly int[] _counts = new int[Last + 1];

    public long Count { get; private set; }

    public void Add(int milliseconds) => Add(BucketOf(milliseconds), 1);

    /// <summary>Takes over all of another one: the same as adding each of its times.</summary>
    public void Add(DurationHistogram other)
    {
        for (var i = 0; i <= Last; i++)
        {
            Add(i, other._counts[i]);
        }
    }

    /// <summary>The time in milliseconds that <paramref name="share"/> of all are not longer than (nearest rank); null if there is none.</summary>
    /// <param name="share">Above 0, at most 1; the median is 0.5.</param>
    public double? Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        for (var (i, seen) = (0, 0L); i <= Last; i++)
        {
            seen += _counts[i];
            if (seen >= rank && seen > 0)
            {
                return 2 * Ends[i] / (1 + Growth);
            }
        }

        return null;
    }

    /// <summary>The buckets that have any, as <see cref="Add(ReadOnlySpan{char})"/> reads them: <c>3:1 27:250</c>.</summary>
    public override string ToString() => string.Join(' ', _counts.Index().Where(bucket => bucket.Item > 0)
        .Select(bucket => string.Create(CultureInfo.InvariantCulture, $"{bucket.Index}:{bucket.Item}")));

    /// <summary>Takes over all of one that was written.</summary>
    /// <exception cref="FormatException">Not written by <see cref="ToString"/>.</exception>
    public void Add(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split(' '))
        {
            if (text[range] is { IsEmpty: false } bucket)
            {
                var colon = bucket.IndexOf(':') is >= 0 and var found ? found : throw new FormatException("No histogram.");
                Add(Math.Min(int.Parse(bucket[..colon], NumberStyles.None, CultureInfo.InvariantCulture), Last), int.Parse(bucket[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture));
            }
        }
    }

    private static int BucketOf(int milliseconds)
    {
        if (milliseconds <= 0)
        {
            return 0;
        }

        var found = Array.BinarySearch(Ends, milliseconds);
        return Math.Min(found < 0 ? ~found : found, Last);
    }

    private void Add(int bucket, int count)
    {
        _counts[bucket] += count;
        Count += count;
    }
}
