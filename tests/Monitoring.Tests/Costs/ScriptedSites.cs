using System.Globalization;
using System.Net;
using System.Text;
using Monitoring.Network;

namespace Monitoring.Tests.Costs;

/// <summary>Sites and proxies without sockets: every site answers with its page, but one proxy puts another page in the place of one site's.</summary>
internal sealed class ScriptedSites(IPAddress censor, string blockedHost) : IDialer
{
    private static readonly string Page = Answer(200, "Новости города и области", 20_000);
    private static readonly string BlockPage = Answer(403, "Доступ ограничен", 500);

    public Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new Connection(host => endpoint.Address.Equals(censor) && host == blockedHost ? BlockPage : Page));

    public Task<Stream> ConnectTrustedAsync(IPEndPoint endpoint, CancellationToken cancellationToken) => ConnectAsync(endpoint, cancellationToken);

    private static string Answer(int status, string title, int length)
    {
        var body = $"<html><head><title>{title}</title></head><body>{new string('x', length)}</body></html>";
        return string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    /// <summary>Answers each request as soon as its head has come.</summary>
    private sealed class Connection(Func<string, string> pageOf) : Stream
    {
        private readonly StringBuilder _request = new();
        private readonly MemoryStream _answer = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Hear(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Hear(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override int Read(byte[] buffer, int offset, int count) => _answer.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(_answer.Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private void Hear(ReadOnlySpan<byte> bytes)
        {
            _request.Append(Encoding.Latin1.GetString(bytes));
            var head = _request.ToString();
            if (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                return;
            }

            _request.Clear();
            var host = head.Split("Host: ")[1].Split('\r')[0].Split(':')[0];
            var answer = head.StartsWith("CONNECT ", StringComparison.Ordinal) ? "HTTP/1.1 200 OK\r\n\r\n" : pageOf(host);
            var read = _answer.Position;
            _answer.Seek(0, SeekOrigin.End);
            _answer.Write(Encoding.UTF8.GetBytes(answer));
            _answer.Position = read;
        }
    }
}
