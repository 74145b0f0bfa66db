using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Monitoring.EndToEnd.Support;

namespace Monitoring.EndToEnd.FunctionsHost;

/// <summary>The program as the host's child: started with the host's environment, probed until it answers, ended with SIGKILL only.</summary>
internal sealed class Handler : IDisposable
{
    private readonly ProgramProcess _process;
    private readonly long _started;

    private Handler(ProgramProcess process, Uri address, long started) => (_process, Address, _started, ToReady) = (process, address, started, Stopwatch.GetElapsedTime(started));

    public Uri Address { get; }

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan ToReady { get; }

    /// <summary>From the start of the process to now.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_started);

    public bool HasExited => _process.HasExited;

    public string Output => _process.Output + _process.Errors;

    /// <exception cref="TimeoutException">It did not listen in time.</exception>
    public static async Task<Handler> StartAsync(HostFiles files, string? rootPem, HttpClient client)
    {
        var (port, started) = (FreePort(), Stopwatch.GetTimestamp());
        var text = port.ToString(CultureInfo.InvariantCulture);
        var process = ProgramProcess.StartUnderHost(files.Executable, rootPem, [
            .. files.Settings.Select(setting => (setting.Key, setting.Value)),
            ("FUNCTIONS_CUSTOMHANDLER_PORT", text), ("FUNCTIONS_CUSTOMHANDLER_WORKER_ID", Guid.NewGuid().ToString()),
            ("FUNCTIONS_HTTPWORKER_PORT", text), ("FUNCTIONS_APP_ROOT_PATH", Path.GetDirectoryName(files.Executable)!),
            ("ASPNETCORE_URLS", "http://0.0.0.0:1"), ("ASPNETCORE_HTTP_PORTS", "1"),
        ]);
        var address = new Uri($"http://127.0.0.1:{text}/");
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!await AnswersAsync(client, address))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > files.Limits.InitializationTimeout)
            {
                process.Dispose();
                throw new TimeoutException($"The handler does not answer. {process.Output}{process.Errors}");
            }

            await pause.WaitForNextTickAsync();
        }

        return new Handler(process, address, started);
    }

    /// <summary>Returns before it is dead.</summary>
    public void Kill() => _process.Signal("KILL");

    /// <returns>The exit code, once it has ended.</returns>
    public async Task<int> EndAsync() => (await _process.FinishAsync()).ExitCode;

    public void Dispose() => _process.Dispose();

    private static async Task<bool> AnswersAsync(HttpClient client, Uri address)
    {
        try
        {
            using var answer = await client.GetAsync(address);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
