using Monitoring.Storage.Moving;

namespace Monitoring.Storage.Backups;

/// <summary>What a backup tells of itself.</summary>
/// <param name="Schema">The version of what the rooms store.</param>
/// <param name="Taken">When it was begun, UTC.</param>
/// <param name="Skipped">Blobs that were deleted while it was written.</param>
/// <param name="Parts">What it holds.</param>
public sealed record BackupContents(int Schema, DateTimeOffset Taken, long Skipped, IReadOnlyList<PartSum> Parts);

/// <summary>One thing in a backup.</summary>
internal abstract record BackupRecord
{
    private BackupRecord()
    {
    }

    /// <param name="Bytes">The length of its form.</param>
    public sealed record Row(string Table, Entity Entity, int Bytes) : BackupRecord;

    /// <param name="Content">To be read before the next record is asked for; what is left is then passed over.</param>
    public sealed record Blob(string Name, Stream Content) : BackupRecord;
}

/// <summary>
/// The frames inside the encryption: a length (4 bytes, big endian, of what follows), a kind, and what the kind says. A backup is: about, then tables each
/// followed by its rows, blobs each followed by its pieces and an end, and the trailer.
/// </summary>
internal enum FrameKind : byte
{
    /// <summary>Schema version, ticks of the time it was taken.</summary>
    About = 1,

    /// <summary>A table's name.</summary>
    Table,

    /// <summary>An <see cref="EntityForm"/>.</summary>
    Row,

    /// <summary>A blob's name.</summary>
    Blob,

    /// <summary>The next bytes of the blob.</summary>
    Piece,

    EndOfBlob,

    /// <summary>Blobs skipped, then each part with its count and hash.</summary>
    Trailer,
}
