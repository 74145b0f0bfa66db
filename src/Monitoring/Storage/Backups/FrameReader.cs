using System.Buffers.Binary;
using Monitoring.Storage.Moving;

namespace Monitoring.Storage.Backups;

/// <summary>Cuts the bytes of a backup into frames. Holds one frame, whose length is bounded whatever the bytes say.</summary>
internal sealed class FrameReader(SealedReader input) : IDisposable
{
    private const int MostBytes = EntityForm.MostBytes + 1;

    private readonly byte[] _head = new byte[4];
    private byte[] _frame = new byte[4096];
    private int _length;

    public FrameKind Kind => (FrameKind)_frame[0];

    /// <summary>What the kind says; good until the next frame is asked for.</summary>
    public ReadOnlyMemory<byte> Body => _frame.AsMemory(1, _length - 1);

    /// <summary>False at the end of the backup.</summary>
    /// <exception cref="BackupException">The bytes are not those that were written, or no frame.</exception>
    public async ValueTask<bool> TryNextAsync(CancellationToken cancellationToken)
    {
        if (!await input.TryReadAsync(_head, cancellationToken))
        {
            return false;
        }

        _length = BinaryPrimitives.ReadInt32BigEndian(_head);
        if (_length is < 1 or > MostBytes)
        {
            throw Holds("a record of an impossible length");
        }

        if (_frame.Length < _length)
        {
            _frame = new byte[_length];
        }

        return await input.TryReadAsync(_frame.AsMemory(0, _length), cancellationToken) ? true : throw Holds("a record that is cut off");
    }

    public void Dispose() => input.Dispose();

    /// <summary>Not the work of an accident: the encryption finds those.</summary>
    public static BackupException Holds(string what) => new(BackupProblem.Damaged, $"holds {what}");
}
