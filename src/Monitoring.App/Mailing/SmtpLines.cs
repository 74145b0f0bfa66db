using System.Text;

namespace Monitoring.App.Mailing;

/// <summary>Lines to and from a mail server. A line has at most 512 bytes (RFC 5321 section 4.5.3.1.5), some servers' more; longer ones end the conversation.</summary>
internal sealed class SmtpLines(Stream stream) : IAsyncDisposable
{
    /// <summary>Most lines of one reply.</summary>
    public const int MostLines = 100;

    private const int LongestLine = 2048;

    private readonly byte[] _buffer = new byte[LongestLine];
    private int _start;
    private int _end;

    public Stream Stream { get; } = stream;

    /// <summary>Whether the server said more than was read.</summary>
    public bool HasMore => _end > _start;

    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length)
            {
                throw new SmtpFailureException("the mail server said a line without end");
            }

            var read = await Stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += read > 0 ? read : throw new EndOfStreamException();
        }
    }

    public async Task WriteAsync(string line, CancellationToken cancellationToken)
    {
        await Stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken);
        await Stream.FlushAsync(cancellationToken);
    }

    /// <summary>Writes a mail whose lines end with CR LF; one that begins with a stop gets another before it (RFC 5321 section 4.5.2).</summary>
    public async Task WriteStuffedAsync(byte[] mail, CancellationToken cancellationToken)
    {
        var stuffed = new MemoryStream(mail.Length + 64);
        for (var i = 0; i < mail.Length; i++)
        {
            if (mail[i] == '.' && (i == 0 || mail[i - 1] == '\n'))
            {
                stuffed.WriteByte((byte)'.');
            }

            stuffed.WriteByte(mail[i]);
        }

        await Stream.WriteAsync(stuffed.GetBuffer().AsMemory(0, (int)stuffed.Length), cancellationToken);
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
