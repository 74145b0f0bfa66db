using System.Globalization;
using System.Net;
using System.Text;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Politeness;

/// <summary>Servers without sockets that answer in test time and write down who asked them when.</summary>
internal sealed class PoliteWeb(TestClock clock, Quiet quiet) : HttpMessageHandler
{
    private const int ItemsInFeed = 20;

    private readonly Dictionary<string, Server> _servers = Enumerable.ToDictionary(
        from kind in PoliteHosts.All
        from number in Enumerable.Range(1, kind.Hosts)
        select new Server(kind, $"{kind.Name.ToLowerInvariant().Replace(' ', '-').Replace(",", "", StringComparison.Ordinal)}-{number}.example"),
        server => server.Host);

    private readonly PriorityQueue<TaskCompletionSource, DateTimeOffset> _answers = new();
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly Lock _gate = new();

    public IEnumerable<(PoliteKind Kind, string Host)> Hosts => _servers.Values.Select(server => (server.Kind, server.Host));

    public IReadOnlyList<PoliteRecord> Records => [.. _servers.Values.Select(server => new PoliteRecord(server.Kind, server.Host, server.Requests, server.MostAtOnce, server.Pauses))];

    /// <summary>Lets time go on to <paramref name="end"/>; whoever waits for an answer gets it at its time, one after the other.</summary>
    public async Task AdvanceAsync(DateTimeOffset end)
    {
        while (NextAnswer(end) is var (answer, at))
        {
            clock.Advance(at - clock.GetUtcNow());
            quiet.Enter();
            if (!answer.TrySetResult())
            {
                quiet.Leave();
            }

            await quiet.WhenQuietAsync();
        }

        clock.Advance(end - clock.GetUtcNow());
        await quiet.WhenQuietAsync();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var server = _servers[request.RequestUri!.Host];
        PoliteRequest noted;
        Told told;
        lock (_gate)
        {
            (noted, told) = server.Take(request, clock.GetUtcNow(), _start);
        }

        try
        {
            await WaitAsync(server.Kind.Takes, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                server.UnderWay--;
            }
        }

        lock (_gate)
        {
            return server.Answer(request, noted, told, clock.GetUtcNow());
        }
    }

    private (TaskCompletionSource Answer, DateTimeOffset At)? NextAnswer(DateTimeOffset end)
    {
        lock (_gate)
        {
            return _answers.TryPeek(out _, out var at) && at <= end ? (_answers.Dequeue(), at) : null;
        }
    }

    /// <summary>The job that asks is quiet meanwhile.</summary>
    private async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hungUp = cancellationToken.Register(() =>
        {
            quiet.Enter();
            if (!answer.TrySetCanceled(cancellationToken))
            {
                quiet.Leave();
            }
        });
        lock (_gate)
        {
            _answers.Enqueue(answer, clock.GetUtcNow() + time);
        }

        quiet.Leave();
        await answer.Task;
    }

    private static string Feed(Told told, bool asksForHour)
    {
        var items = Enumerable.Range(Math.Max(0, told.Items!.Value - ItemsInFeed), Math.Min(ItemsInFeed, told.Items.Value))
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"<item><guid isPermaLink=\"false\">{number}</guid><title>News {number}</title></item>"));
        return $"<rss version=\"2.0\"><channel><title>Feed</title>{(asksForHour ? "<ttl>60</ttl>" : "")}{string.Concat(items.Reverse())}</channel></rss>";
    }

    private sealed class Server(PoliteKind kind, string host)
    {
        private readonly Dictionary<string, (string? ETag, string? LastModified)> _validators = [];
        private readonly Dictionary<string, int> _asked = [];
        private DateTimeOffset _notBefore;

        public PoliteKind Kind => kind;

        public string Host => host;

        public List<PoliteRequest> Requests { get; } = [];

        public int UnderWay { get; set; }

        public int MostAtOnce { get; private set; }

        public int Pauses { get; private set; }

        public (PoliteRequest Noted, Told Told) Take(HttpRequestMessage request, DateTimeOffset now, DateTimeOffset start)
        {
            var path = request.RequestUri!.AbsolutePath;
            var owed = _validators.GetValueOrDefault(path);
            var noted = new PoliteRequest(path, now)
            {
                OwesCondition = owed != default,
                IsConditional = (Header(request, "If-None-Match"), Header(request, "If-Modified-Since")) == owed,
                IsHop = path.StartsWith("/now/", StringComparison.Ordinal),
                IsTooEarly = now < _notBefore,
            };
            Requests.Add(noted);
            MostAtOnce = Math.Max(MostAtOnce, ++UnderWay);
            var number = _asked[path] = _asked.GetValueOrDefault(path, -1) + 1;
            return (noted, kind.Answer(new Asked(path, number, start, now - start)));
        }

        public HttpResponseMessage Answer(HttpRequestMessage request, PoliteRequest noted, Told told, DateTimeOffset now)
        {
            var header = told.Header is null ? null : string.Format(CultureInfo.InvariantCulture, told.Header, told.Items, Modified(told));
            var (name, value) = header?.Split(": ", 2) is [var left, var right] ? (left, right) : ("", "");
            var validators = name switch
            {
                "ETag" => (value, (string?)null),
                "Last-Modified" => (null, value),
                _ => default,
            };
            var holds = noted.IsConditional && validators != default && validators == (Header(request, "If-None-Match"), Header(request, "If-Modified-Since"));
            noted.Status = holds ? 304 : told.Status;
            if (noted.Status == 200)
            {
                _validators[noted.Path] = validators;
            }

            if (name == "Retry-After")
            {
                Pauses++;
                _notBefore = double.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? now.AddSeconds(seconds) : DateTimeOffset.Parse(value, CultureInfo.InvariantCulture);
            }

            var response = new HttpResponseMessage((HttpStatusCode)noted.Status)
            {
                RequestMessage = request,
                Content = new ByteArrayContent(noted.Status == 200 && told.Items is not null ? Encoding.UTF8.GetBytes(Feed(told, kind.Name == "ttl 60")) : []),
            };
            if (header is not null && !response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }

            return response;
        }

        /// <summary>Each item is a second newer than the one before.</summary>
        private static string Modified(Told told) => DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(told.Items ?? 0).ToString("R", CultureInfo.InvariantCulture);

        private static string? Header(HttpRequestMessage request, string name) => request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
    }
}
