using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Monitoring.App.Commands;
using Monitoring.App.Hosting;
using Monitoring.App.Hosting.Functions;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>What a function answered.</summary>
internal sealed record HandlerAnswer(int Status, string MediaType, string Body)
{
    /// <summary>The line for the host's log.</summary>
    public string Line => JsonDocument.Parse(Body).RootElement.GetProperty("Logs")[0].GetString()!;
}

/// <summary>The program as the Functions host runs it, in this process and on the embedded store, with the store open.</summary>
internal sealed class HandlerKit : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly IDisposable _worker;

    private HandlerKit(TempFolder folder, Station station, WebApplication app, IDisposable worker)
    {
        (_folder, Station, _worker) = (folder, station, worker);
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(RunCommand.AddressOf(app)) };
    }

    public Station Station { get; }

    public HttpClient Client { get; }

    public IWorkQueue Queue => Station.Get<IWorkQueue>();

    public static async Task<HandlerKit> StartAsync(TimeProvider time, params (string Name, string Value)[] settings)
    {
        var folder = new TempFolder();
        var (station, app) = Station.OpenWithPages(TestStation.Settings(folder, settings), TestStation.World(time), new FunctionsHost(Port: 0));
        await app.StartAsync();
        return new HandlerKit(folder, station, app, await station.Get<StoreOpening>().OpenAsync(station.OpenAsWorkerAsync, CancellationToken.None));
    }

    /// <summary>With a watch list.</summary>
    public static async Task<HandlerKit> StartWithAsync(TimeProvider time, string list)
    {
        var kit = await StartAsync(time);
        await kit.Station.ImportAsync(kit._folder, list);
        return kit;
    }

    /// <summary>Whether a visitor without token or sign-in gets in by any method: there is another answer than that a token is missing.</summary>
    public async Task<bool> IsOpenAsync(string path)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, path) { Headers = { { "x-ms-invocation-id", "1" } } };
            using var answer = await Client.SendAsync(request);
            if (answer.StatusCode is not System.Net.HttpStatusCode.Unauthorized)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As the host posts: chunked.</summary>
    public async Task<HandlerAnswer> PostAsync(string function, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{function}") { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body))) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
        request.Headers.TransferEncodingChunked = true;
        Array.ForEach(headers, header => request.Headers.Add(header.Name, header.Value));
        using var answer = await Client.SendAsync(request);
        return new HandlerAnswer((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A message as the host gives it: its text, and all metadata, written as JSON once more.</summary>
    public Task<HandlerAnswer> DeliverAsync(string function, string text, int count = 1, DateTimeOffset? inserted = null) => PostAsync(function, JsonSerializer.Serialize(new
    {
        Data = new { msg = JsonSerializer.Serialize(text) },
        Metadata = new
        {
            DequeueCount = JsonSerializer.Serialize(count),
            Id = JsonSerializer.Serialize("message-" + text.Length),
            InsertionTime = (inserted ?? Station.Get<TimeProvider>().GetUtcNow()).ToString("O"),
            sys = new { MethodName = function },
        },
    }));

    public Task<List<PoisonedWork>> PoisonAsync() => Queue.ListPoisonAsync(CancellationToken.None).ToListAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _worker.Dispose();
        await Station.DisposeAsync();
        _folder.Dispose();
    }
}
