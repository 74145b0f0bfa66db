using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Monitoring.Tests.Support;

/// <param name="From">Of the envelope, as <paramref name="To"/>.</param>
/// <param name="Tls">Whether it came over TLS.</param>
/// <param name="User">Who signed in; empty: nobody.</param>
/// <param name="Raw">What was between DATA and the last stop.</param>
internal sealed record TakenMail(string From, IReadOnlyList<string> To, bool Tls, string User, byte[] Raw);

/// <summary>A mail server that others wrote (smtp-server), as a process of its own on a free port of loopback. It ends with the test run, also with one that was killed.</summary>
internal sealed class SmtpServerProcess : IAsyncDisposable
{
    private const string NotInstalled = "The mail server is not installed: run bash tests/run.sh once";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private Task<string> _mails = Task.FromResult("");

    private SmtpServerProcess(Process process)
    {
        _process = process;
    }

    public int Port { get; private set; }

    /// <param name="arguments">As <c>tests/smtp/server.js</c> explains them.</param>
    public static async Task<SmtpServerProcess> StartAsync(params string[] arguments)
    {
        var server = new SmtpServerProcess(Start(arguments));
        using var first = JsonDocument.Parse(await server._process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw await server.EndedAsync());
        server.Port = first.RootElement.GetProperty("port").GetInt32();

        // From now on: a line that nobody reads would not be written to its end.
        server._mails = server._process.StandardOutput.ReadToEndAsync();
        return server;
    }

    /// <summary>Ends the server.</summary>
    /// <returns>All mails that it took. It tells of each before it says so to the client.</returns>
    public async Task<IReadOnlyList<TakenMail>> EndAsync()
    {
        _process.StandardInput.Close();
        var lines = (await _mails.WaitAsync(Patience)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonSerializer.Deserialize<TakenMail>(line, JsonSerializerOptions.Web)!)];
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    private static Process Start(string[] arguments)
    {
        if (!Directory.Exists(Repository.Path("tests", "node_modules", "smtp-server")))
        {
            throw new InvalidOperationException(NotInstalled);
        }

        try
        {
            // Standard input is never written to: it is what ends the server when this process ends.
            return Process.Start(new ProcessStartInfo("node", [Repository.Path("tests", "smtp", "server.js"), .. arguments])
            {
                WorkingDirectory = Path.GetTempPath(),
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException(NotInstalled);
        }
    }

    private async Task<InvalidOperationException> EndedAsync() => new($"The mail server ended. {await _process.StandardError.ReadToEndAsync()}");
}
