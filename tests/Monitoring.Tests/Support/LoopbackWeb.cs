using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Monitoring.Tests.Support;

/// <summary>A web server on loopback whose answers a test sets, and which remembers what it was asked.</summary>
internal sealed class LoopbackWeb : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new(StringComparer.Ordinal);

    private LoopbackWeb(WebApplication app)
    {
        _app = app;
    }

    /// <summary>Every request: path, and headers as sent.</summary>
    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Headers)> Requests { get; } = new();

    public int Port => new Uri(_app.Urls.First()).Port;

    /// <param name="certificate">With one the server speaks TLS.</param>
    public static async Task<LoopbackWeb> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        var web = new LoopbackWeb(app);
        app.Run(web.AnswerAsync);
        await app.StartAsync();
        return web;
    }

    public Uri Url(string path, string host = "127.0.0.1", string scheme = "http") => new($"{scheme}://{host}:{Port}{path}");

    public void On(string path, RequestDelegate answer) => _answers[path] = answer;

    /// <summary>Answers with a body, and with headers given as "Name: value".</summary>
    public void On(string path, string body, int status = 200, params string[] headers) => On(path, System.Text.Encoding.UTF8.GetBytes(body), status, headers);

    public void On(string path, byte[] body, int status = 200, params string[] headers) => On(path, async context =>
    {
        context.Response.StatusCode = status;
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            context.Response.Headers.Append(header[..colon], header[(colon + 1)..].Trim());
        }

        await context.Response.Body.WriteAsync(body);
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue((context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (_answers.TryGetValue(context.Request.Path, out var answer))
        {
            return answer(context);
        }

        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
