using System.Text.RegularExpressions;

// Each of these tests keeps the machine busy; at once they would time out where the demo's fast time is short.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Monitoring.EndToEnd.Support;

/// <summary>The demo with everything found and its pages open, and a browser to look at them. Shared by the tests of pages.</summary>
public sealed partial class RunningDemo : IAsyncLifetime
{
    public const string Collection = "running demo";

    private readonly TempFolder _folder = new();
    private ProgramProcess? _process;
    private Browser? _browser;

    public Browser Browser => _browser ?? throw new InvalidOperationException("Not started.");

    /// <summary>Where the pages are, such as <c>http://127.0.0.1:41234</c>.</summary>
    public string Home { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _process = ProgramProcess.Start(_folder.Path, "demo", "--port", "0");
        var browser = Browser.StartAsync();
        await _process.WaitForAsync("The pages stay");
        Home = Pages().Match(_process.Output).Groups[1].Value;
        _browser = await browser;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _process?.Dispose();
        _folder.Dispose();
    }

    [GeneratedRegex(@"Pages: (http://127\.0\.0\.1:[0-9]+)")]
    private static partial Regex Pages();
}

/// <summary>Names the collection that shares the demo; xUnit asks for a type.</summary>
[CollectionDefinition(RunningDemo.Collection)]
public sealed class RunningDemoCollection : ICollectionFixture<RunningDemo>;
