using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <param name="Left">What the reader left at the source's last readable visit (<see cref="SourceReading.Document.Memory"/>); null if nothing.</param>
/// <param name="Now">When the content came.</param>
public sealed record SourceMemory(string? Left, DateTimeOffset Now);

/// <summary>Turns the bytes of one kind of source into items. Pure: no network, no store, never throws on any bytes. Kinds: feeds, pages.</summary>
public interface ISourceReader
{
    EntryKind Kind { get; }

    /// <summary>What the reader understands, as an Accept header.</summary>
    string Accept { get; }

    /// <param name="url">Where the content came from, for relative links.</param>
    /// <param name="contentType">The HTTP header, if there was one.</param>
    /// <param name="memory">For readers that compare with what was there before.</param>
    SourceReading Read(Source source, ReadOnlyMemory<byte> content, Uri url, string? contentType, SourceMemory memory);
}
