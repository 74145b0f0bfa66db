using System.Runtime.CompilerServices;

namespace Monitoring.Storage.Moving;

/// <summary>Walks two ordered sequences side by side.</summary>
internal static class OrderedPairs
{
    /// <summary>Each key once, with what either side has under it.</summary>
    /// <exception cref="InvalidOperationException">A sequence is not in order: going on would take what is there for missing, and delete it.</exception>
    public static async IAsyncEnumerable<(T? Left, T? Right)> PairAsync<T>(
        IAsyncEnumerable<T> left, IAsyncEnumerable<T> right, Comparison<T> order, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        await using var lefts = new Side<T>(left, order, cancellationToken);
        await using var rights = new Side<T>(right, order, cancellationToken);
        await lefts.MoveAsync();
        await rights.MoveAsync();
        while (lefts.Current is not null || rights.Current is not null)
        {
            var comparison = (lefts.Current, rights.Current) switch
            {
                (null, _) => 1,
                (_, null) => -1,
                var (a, b) => order(a, b),
            };
            yield return (comparison <= 0 ? lefts.Current : null, comparison >= 0 ? rights.Current : null);
            if (comparison <= 0)
            {
                await lefts.MoveAsync();
            }

            if (comparison >= 0)
            {
                await rights.MoveAsync();
            }
        }
    }

    private sealed class Side<T>(IAsyncEnumerable<T> sequence, Comparison<T> order, CancellationToken cancellationToken) : IAsyncDisposable
        where T : class
    {
        private readonly IAsyncEnumerator<T> _rows = sequence.GetAsyncEnumerator(cancellationToken);

        public T? Current { get; private set; }

        public async ValueTask MoveAsync()
        {
            var next = await _rows.MoveNextAsync() ? _rows.Current : null;
            if (next is not null && Current is not null && order(Current, next) >= 0)
            {
                throw new InvalidOperationException("An engine gave rows or blobs out of order.");
            }

            Current = next;
        }

        public ValueTask DisposeAsync() => _rows.DisposeAsync();
    }
}
