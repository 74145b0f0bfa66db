using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.Tests.Support;

/// <summary>
/// Azurite as a process of its own, on free ports and in memory. The first test that asks starts it, the others share it, and it ends with
/// the test run, also with one that was killed. A request to it may carry its own time, in the header <c>x-test-now</c>.
/// </summary>
internal sealed partial class AzuriteProcess
{
    /// <summary>In one environment variable, and Linux takes 128 KiB in one. When they are used up, the next server starts.</summary>
    private const int Accounts = 1000;

    /// <summary>The emulator's own, published by its makers.</summary>
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string NotInstalled = "Azurite is not installed: run bash tests/run.sh once";

    private static readonly ConcurrentDictionary<int, Lazy<Task<AzuriteProcess>>> Servers = new();
    private static int _taken;

    private readonly Process _process;
    private readonly ConcurrentDictionary<string, string> _addresses = new();
    private readonly TaskCompletionSource _isListening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _errors = new();

    private AzuriteProcess()
    {
        _process = new Process { StartInfo = Invocation(), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.Exited += (_, _) => _isListening.TrySetException(Ended());
    }

    /// <summary>An account that nobody else has and that holds nothing.</summary>
    public static async Task<AzuriteAccount> TakeAsync()
    {
        var number = Interlocked.Increment(ref _taken) - 1;
        var server = await Servers.GetOrAdd(number / Accounts, _ => new Lazy<Task<AzuriteProcess>>(StartAsync)).Value;
        return server._process.HasExited ? throw server.Ended() : server.Account(Name(number % Accounts));
    }

    private static async Task<AzuriteProcess> StartAsync()
    {
        var server = new AzuriteProcess();
        try
        {
            server._process.Start();
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException(NotInstalled);
        }

        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        await server._isListening.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return server;
    }

    private static ProcessStartInfo Invocation()
    {
        var script = Repository.Path("tests", "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
        {
            throw new InvalidOperationException(NotInstalled);
        }

        // Standard input is never written to: it is what ends the server when this process ends (tether.js).
        return new ProcessStartInfo("node", [
            "--require", Repository.Path("tests", "azurite", "tether.js"), "--require", Repository.Path("tests", "azurite", "preload.js"), script,
            "--inMemoryPersistence", "--silent", "--disableTelemetry", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
        ])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(0, Accounts).Select(number => $"{Name(number)}:{Key}")) },
        };
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"test{number:d4}");

    private AzuriteAccount Account(string name) => new(name, Key, Endpoint("Table", name), Endpoint("Blob", name), Endpoint("Queue", name));

    private Uri Endpoint(string kind, string account) => new($"{_addresses[kind]}/{account}");

    private void Hear(string line)
    {
        if (Listening().Match(line) is { Success: true } match)
        {
            _addresses[match.Groups[1].Value] = match.Groups[2].Value;
        }

        if (_addresses.Count == 3)
        {
            _isListening.TrySetResult();
        }
    }

    private InvalidOperationException Ended() => new($"Azurite ended with exit code {_process.ExitCode}. {string.Join('\n', _errors)}");

    [GeneratedRegex("^Azurite (Blob|Queue|Table) service is successfully listening at (http://[0-9.:]+)$")]
    private static partial Regex Listening();
}
