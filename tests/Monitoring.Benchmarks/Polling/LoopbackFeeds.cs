using System.Globalization;

namespace Monitoring.Benchmarks.Polling;

/// <summary>The feeds of a benchmark, each on a host of its own name; all names lead to one server.</summary>
internal sealed class LoopbackFeeds : IAsyncDisposable
{
    private readonly ChildProgram _server;

    private LoopbackFeeds(ChildProgram server, int count, int port)
    {
        (_server, Count, Port) = (server, count, port);
    }

    public int Count { get; }

    public int Port { get; }

    /// <param name="items">Of each feed.</param>
    public static async Task<LoopbackFeeds> StartAsync(int count, int items, int itemBytes)
    {
        var server = ChildProgram.Start("serve-feeds", Text(items), Text(itemBytes));
        return new LoopbackFeeds(server, count, int.Parse(await server.ReadAsync(), CultureInfo.InvariantCulture));
    }

    public static Uri UrlOf(int feed, int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://feed-{feed}.test:{port}/{feed}.xml"));

    /// <summary>From now on every tenth feed has another new item.</summary>
    public Task PublishAsync(int edition) => _server.AskAsync(Text(edition));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
