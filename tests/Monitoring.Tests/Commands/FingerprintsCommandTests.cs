using System.Text.Json;
using Monitoring.App.Hosting;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

public sealed class FingerprintsCommandTests : IDisposable
{
    private const string Pages = $"{Prints.Columns}\nt.page,isp,,body,contains,Access denied,5,KZ,,,\nt.move,nat,,header.location,prefix,http://stop.example/,5,KZ,,,\n";
    private const string Answers = $"{Prints.Columns}\nt.answer,nat,,dns,full,198.51.100.7,5,KZ,,,\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_are_imported_and_listed()
    {
        var imported = await RunAsync("import", _folder.Write("http.csv", Pages), _folder.Write("dns.csv", Answers));
        var listed = await RunAsync("list");

        Assert.Equal((0, "ooni: 3 fingerprints, 0 rows left out; imported.\n", ""), (imported.ExitCode, imported.Output, imported.Errors));
        Assert.Equal((0, "ooni: 3 fingerprints (body 1, dns 1, header.location 1), changed 2026-11-22 03:00 UTC by command line\n"), (listed.ExitCode, listed.Output));
    }

    [Fact]
    public async Task The_same_files_again_change_nothing_and_another_name_stands_beside()
    {
        var file = _folder.Write("http.csv", Pages);
        await RunAsync("import", file);

        Assert.Equal("ooni: 2 fingerprints, 0 rows left out; the same as stored.\n", (await RunAsync("import", file)).Output);
        await RunAsync("import", file, "--source", "partner");
        using var json = JsonDocument.Parse((await RunAsync("list", "--json")).Output);
        Assert.Equal(["ooni", "partner"], json.RootElement.EnumerateArray().Select(source => source.GetProperty("name").GetString()));
        Assert.Equal("Access denied", json.RootElement[1].GetProperty("fingerprints")[0].GetProperty("pattern").GetString());
    }

    [Fact]
    public async Task Wrong_rows_are_told_and_the_others_imported()
    {
        var file = _folder.Write("http.csv", $"{Pages}t.wrong,isp,,title,contains,x,5,KZ,,,\n");

        var run = await RunAsync("import", file);

        Assert.Equal(ExitCode.AnswerIsNo, run.ExitCode);
        Assert.Equal($"{file}:4: location_found: body, dns or header. with a header's name is expected, 'title' was found\n", run.Errors);
        Assert.Equal("ooni: 2 fingerprints, 1 rows left out; imported.\n", run.Output);
    }

    [Theory]
    [InlineData($"{Prints.Columns}\nt,isp,,body,contains,\"x,5,KZ,,,\n", "cannot be read to its end; nothing was changed.")]
    [InlineData($"{Prints.Columns}\nt,isp,,title,contains,x,5,KZ,,,\n", "no fingerprint can be read; nothing was changed.")]
    [InlineData("<html>Not found</html>", "cannot be read to its end; nothing was changed.")]
    public async Task A_broken_file_replaces_nothing(string text, string message)
    {
        await RunAsync("import", _folder.Write("http.csv", Pages));

        var run = await RunAsync("import", _folder.Write("dns.csv", Answers), _folder.Write("broken.csv", text));

        Assert.Equal(ExitCode.NoInput, run.ExitCode);
        Assert.EndsWith(message, run.Errors, StringComparison.Ordinal);
        Assert.StartsWith("ooni: 2 fingerprints", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_the_name_of_our_own_are_refused()
    {
        Assert.Equal(ExitCode.NoInput, (await RunAsync("import", _folder.File("none.csv"))).ExitCode);
        Assert.Equal(ExitCode.Usage, (await RunAsync("import", _folder.Write("http.csv", Pages), "--source", "own")).ExitCode);
    }

    [Fact]
    public async Task An_empty_store_says_so() =>
        Assert.Equal("No fingerprints are stored: block pages are known by comparing only.\n", (await RunAsync("list")).Output);

    private Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.RunAsync(new TestClock(), ["fingerprints", .. args, "--data", _folder.File("data"), "--settings", _folder.Write("settings.json", """{ "Values": {} }""")]);
}
