using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Monitoring.Network;

namespace Monitoring.Tests.Support;

/// <summary>A resolver that knows what a test tells it; every other name does not exist, every literal is its own answer.</summary>
internal sealed class FakeResolver : IResolver
{
    private readonly Dictionary<string, Func<CancellationToken, Task<ResolverAnswer>>> _answers = new(StringComparer.OrdinalIgnoreCase);

    public string Name => "fake";

    public ConcurrentQueue<string> Asked { get; } = new();

    public FakeResolver Knows(string host, params string[] addresses) => Answers(host, new ResolverAnswer([.. addresses.Select(IPAddress.Parse)], Failure: null));

    public FakeResolver Fails(string host, string failure) => Answers(host, ResolverAnswer.Failed(failure));

    /// <summary>Never answers.</summary>
    public FakeResolver IsSilentAt(string host)
    {
        _answers[host] = new TaskCompletionSource<ResolverAnswer>().Task.WaitAsync;
        return this;
    }

    public Task<ResolverAnswer> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var answer = IPAddress.TryParse(host, out var literal) ? Task.FromResult(new ResolverAnswer([literal], Failure: null))
            : _answers.TryGetValue(host, out var known) ? known(cancellationToken)
            : Task.FromResult(ResolverAnswer.Failed(Failure.DnsNxdomain));
        Asked.Enqueue(host);
        return answer;
    }

    private FakeResolver Answers(string host, ResolverAnswer answer)
    {
        _answers[host] = _ => Task.FromResult(answer);
        return this;
    }
}

/// <summary>Remembers what is dialled; leads every address to loopback unless a test says how it fails. Silence is no failure: it never ends.</summary>
internal sealed class FakeDialer : IDialer
{
    public const string Silence = "silence";

    private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);

    public List<IPEndPoint> Dialled { get; } = [];

    public FakeDialer Fails(string address, string failure)
    {
        _failures[address] = failure;
        return this;
    }

    public async Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        Dialled.Add(endpoint);
        switch (_failures.GetValueOrDefault(endpoint.Address.ToString()))
        {
            case null:
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, endpoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            case Silence:
                return await new TaskCompletionSource<Stream>().Task.WaitAsync(cancellationToken);
            case var failure:
                throw new NetworkFailureException(failure);
        }
    }

    public Task<Stream> ConnectTrustedAsync(IPEndPoint endpoint, CancellationToken cancellationToken) => ConnectAsync(endpoint, cancellationToken);
}
