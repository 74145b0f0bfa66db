using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Monitoring.EndToEnd.Support;

namespace Monitoring.EndToEnd;

/// <summary>What scripts and operators rely on: one clear line and an exit code of its own for everything that can go wrong.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, "Unrecognized command or argument 'everything'.", "everything")]
    [InlineData(2, "Required argument 'file' missing for command: 'import'.", "watchlist", "import")]
    [InlineData(2, "ftp://example.org: an absolute http or https address is expected.", "check", "ftp://example.org")]
    [InlineData(2, "--set x: NAME=VALUE is expected.", "once", "--set", "x")]
    [InlineData(3, "Web__Prot: unknown setting; did you mean 'Web__Port'?", "once", "--set", "Web__Prot=1")]
    [InlineData(3, "Feeds__Interval: 'soon' is no time span such as \"00:15:00\".", "once", "--set", "Feeds__Interval=soon")]
    [InlineData(3, "missing.json: cannot be read (FileNotFoundException).", "once", "--settings", "missing.json")]
    [InlineData(15, "missing.yaml: cannot be read (FileNotFoundException).", "watchlist", "check", "missing.yaml")]
    [InlineData(15, "missing.txt: neither a file nor an http or https address.", "read-feed", "missing.txt")]
    public async Task A_mistake_is_one_line_and_its_own_code(int code, string message, params string[] args)
    {
        var run = await ProgramProcess.RunAsync(_folder.Path, args);

        Assert.Equal((code, message), (run.ExitCode, run.Errors.Trim()));
    }

    [Fact]
    public async Task A_bad_watch_list_names_file_line_and_path_and_changes_nothing()
    {
        _folder.Write("list.yaml", "version: 1\npersons:\n  - name: Aa Bb\n    gendr: female\n");

        var check = await ProgramProcess.RunAsync(_folder.Path, "watchlist", "check", "list.yaml");
        var import = await ProgramProcess.RunAsync(_folder.Path, "watchlist", "import", "list.yaml");

        Assert.Equal((4, "list.yaml:4: persons[0].gendr: unknown field; did you mean 'gender'?"), (check.ExitCode, check.Output.Trim()));
        Assert.Equal((4, "list.yaml:4: persons[0].gendr: unknown field; did you mean 'gender'?"), (import.ExitCode, import.Errors.Trim()));
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Fact]
    public async Task The_shipped_sample_list_imports_exports_and_imports_again_without_a_change()
    {
        var sample = Path.Combine(AppContext.BaseDirectory, "Samples", "kazakhstan.yaml");

        var import = await ProgramProcess.RunAsync(_folder.Path, "watchlist", "import", sample);
        var export = await ProgramProcess.RunAsync(_folder.Path, "watchlist", "export", "--output", "mine.yaml");
        var again = await ProgramProcess.RunAsync(_folder.Path, "watchlist", "import", "mine.yaml");

        Assert.Equal((0, 0, 0), (import.ExitCode, export.ExitCode, again.ExitCode));
        Assert.Contains("120 added, 0 changed, 0 retired, 0 unchanged, 0 conflicts.", import.Output, StringComparison.Ordinal);
        Assert.Equal("0 added, 0 changed, 0 retired, 120 unchanged, 0 conflicts.", again.Output.Trim());
    }

    [Fact]
    public async Task A_store_that_is_no_database_is_told_from_one_that_is_locked()
    {
        Directory.CreateDirectory(_folder.File("data"));
        _folder.Write("data/monitoring.db", new string('x', 10_000));
        var corrupt = await ProgramProcess.RunAsync(_folder.Path, "once");
        File.Delete(_folder.File("data/monitoring.db"));
        using var other = new SqliteConnection($"Data Source={_folder.File("data/monitoring.db")};Pooling=False");
        other.Open();
        using var command = other.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE; CREATE TABLE x (y)";
        command.ExecuteNonQuery();

        var locked = await ProgramProcess.RunAsync(_folder.Path, "once");

        Assert.Equal((6, 7), (corrupt.ExitCode, locked.ExitCode));
        Assert.Contains("monitoring.db is damaged or not a database", corrupt.Errors, StringComparison.Ordinal);
        Assert.Contains("monitoring.db is locked by another program.", locked.Errors, StringComparison.Ordinal);
        Assert.Single(locked.Errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_one_line()
    {
        _folder.Write("file", "");

        var run = await ProgramProcess.RunAsync(_folder.Path, "once", "--data", "file/data");

        Assert.Equal((9, $"The data folder {_folder.File("file/data")} cannot be made."), (run.ExitCode, run.Errors.Trim()));
    }

    [Fact]
    public async Task A_full_disk_is_one_line_and_loses_nothing_that_was_stored()
    {
        var sample = Path.Combine(AppContext.BaseDirectory, "Samples", "kazakhstan.yaml");
        var app = Path.Combine(AppContext.BaseDirectory, "Monitoring.App.dll");
        Directory.CreateDirectory(_folder.File("small"));

        // A disk of 120 KB in a mount namespace of its own; the list needs more.
        var script = $"""
            mount -t tmpfs -o size=120k none {_folder.File("small")} && cd {_folder.Path} || exit 99
            dotnet exec {app} watchlist import {sample} --data small/data; echo "code $?"
            mount -o remount,size=8m {_folder.File("small")}
            dotnet exec {app} watchlist import {sample} --data small/data; echo "code $?"
            """;
        using var shell = Process.Start(new ProcessStartInfo("unshare", ["-rm", "bash", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (await shell.StandardOutput.ReadToEndAsync(), await shell.StandardError.ReadToEndAsync());

        Assert.Contains("code 8", output, StringComparison.Ordinal);
        Assert.Contains("monitoring.db cannot grow: the disk is full.", errors, StringComparison.Ordinal);
        Assert.Contains("code 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_worker_is_refused_and_other_commands_work_beside_the_first()
    {
        using var first = ProgramProcess.Start(_folder.Path, "run", "--port", "0");
        await first.WaitForAsync("Stop with Ctrl-C");

        var second = await ProgramProcess.RunAsync(_folder.Path, "run", "--port", "0");
        var once = await ProgramProcess.RunAsync(_folder.Path, "once");
        var import = await ProgramProcess.RunAsync(_folder.Path, "watchlist", "import", _folder.Write("list.yaml", "version: 1\npersons:\n  - name: Мирас Кыранбеков\n"));
        var export = await ProgramProcess.RunAsync(_folder.Path, "watchlist", "export");
        var retention = await ProgramProcess.RunAsync(_folder.Path, "retention", "--dry-run");
        var backup = await ProgramProcess.RunAsync(_folder.Path, "backup", _folder.File("a.backup"), "--passphrase-file", _folder.Write("passphrase", "correct horse battery"));

        Assert.Equal((11, 11), (second.ExitCode, once.ExitCode));
        Assert.Equal($"Another worker runs on the data folder {_folder.File("data")}; one worker at a time may. Other commands may run beside it.", second.Errors.Trim());
        Assert.Equal((0, 0, 0), (import.ExitCode, retention.ExitCode, backup.ExitCode));
        Assert.Contains("Мирас Кыранбеков", export.Output, StringComparison.Ordinal);
        Assert.False(first.HasExited);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("once")]
    [InlineData("watchlist", "export")]
    public async Task An_account_that_does_not_answer_is_one_line(params string[] command)
    {
        // Nobody listens on port 1.
        var account = "AccountName=press;AccountKey=cHJlc3M=;TableEndpoint=http://127.0.0.1:1/press;BlobEndpoint=http://127.0.0.1:1/press;QueueEndpoint=http://127.0.0.1:1/press";

        var refused = await ProgramProcess.RunAsync(_folder.Path, [.. command, "--set", "Storage__Engine=Azure", "--set", $"Storage__ConnectionString={account}"]);

        Assert.Equal((21, "The table service 127.0.0.1:1 refuses connections: is the address right, and is it running?"), (refused.ExitCode, refused.Errors.Trim()));
    }

    [Fact]
    public async Task An_empty_account_is_made_ready_at_the_start()
    {
        var account = await AzuriteProcess.TakeAsync();
        using var run = ProgramProcess.Start(_folder.Path, "run", "--port", "0", "--set", "Storage__Engine=Azure", "--set", $"Storage__ConnectionString={account.ConnectionString}");

        await run.WaitForAsync("Stop with Ctrl-C");

        Assert.Contains($"Data: {account.TableEndpoint.Authority}/{account.Name}", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Fact]
    public async Task A_port_in_use_is_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var run = await ProgramProcess.RunAsync(_folder.Path, "run", "--port", $"{port}");

        Assert.Equal((12, $"The pages cannot be served on 127.0.0.1:{port}: another program uses the port, or the address is not this machine's. Choose another with --port."), (run.ExitCode, run.Errors.Trim()));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_service_told_to_stop_ends_cleanly(string signal)
    {
        using var run = ProgramProcess.Start(_folder.Path, "run", "--port", "0");
        await run.WaitForAsync("Stop with Ctrl-C");

        run.Signal(signal);
        var finished = await run.FinishAsync();

        Assert.Equal((0, ""), (finished.ExitCode, finished.Errors.Trim()));
        Assert.EndsWith("Stopped.", finished.Output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Started_from_the_root_folder_the_pages_have_their_stylesheet()
    {
        using var run = ProgramProcess.Start("/", "run", "--port", "0", "--data", _folder.File("data"));
        await run.WaitForAsync("Stop with Ctrl-C");
        using var client = new HttpClient();

        var css = await client.GetByteArrayAsync(new Uri(Address(run), "/monitoring.css"));

        Assert.InRange(css.Length, 2_000, 20_000);
    }

    [Fact]
    public async Task On_all_addresses_the_token_is_told_once_and_needed()
    {
        using var run = ProgramProcess.Start(_folder.Path, "run", "--port", "0", "--set", "Web__Address=0.0.0.0");
        await run.WaitForAsync("Stop with Ctrl-C");
        using var client = new HttpClient();
        var token = run.Output.Split("Access token, shown this once: ")[1].Split('\n')[0].Trim();
        var root = new UriBuilder(Address(run)) { Host = "127.0.0.1" }.Uri;

        using var closed = await client.GetAsync(root);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var open = await client.GetAsync(root);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (closed.StatusCode, open.StatusCode));
    }

    [Fact]
    public async Task Match_shows_what_was_found_where_and_why()
    {
        _folder.Write("list.yaml", "version: 1\npersons:\n  - name: Мирас Кыранбеков\ntopics:\n  - name: Detention\n    severity: critical\n    keywords: [\"задержан*\"]\n");
        _folder.Write("text.txt", "Вчера.\nСуд над Мирасом Кыранбековым: он задержан.");

        var found = await ProgramProcess.RunAsync(_folder.Path, "match", "--watchlist", "list.yaml", "text.txt");
        var nothing = await ProgramProcess.RunAsync(_folder.Path, "match", "--watchlist", "list.yaml", "list.yaml");

        Assert.Equal(0, found.ExitCode);
        Assert.Equal(
            """
            line 2: violation Criminal case or charge: «Суд над», occurred, beside it: a court, score 330
              Criminal case or charge: «Суд над»
              somebody of the watch list stands in the same sentence
            line 2: person Мирас Кыранбеков: «Мирасом Кыранбековым» (certain, 100)
              Кыранбеков + ым: Russian instrumental
              first name «Мирасом» beside it
            line 2: topic Detention: «задержан»
              keyword «задержан*» of the topic «Detention»
            line 2: violation Short detention: «задержан», occurred, beside it: a court, score 330
              Short detention: «задержан»
              somebody of the watch list stands in the same sentence
            4 found.
            """.ReplaceLineEndings("\n"),
            found.Output.Trim());
        Assert.Equal(0, nothing.ExitCode);
    }

    [Fact]
    public async Task Read_feed_shows_items_and_what_was_mended_and_says_what_is_no_feed()
    {
        _folder.Write("feed.xml", "<rss><channel><title>T</title><item><title>Кафе &nbsp; & чай</title><link>https://example.org/1</link><pubDate>Sun, 22 Nov 2026 07:00:00 +0500</pubDate></item><item>");
        _folder.Write("page.html", "<!DOCTYPE html><html></html>");

        var feed = await ProgramProcess.RunAsync(_folder.Path, "read-feed", "feed.xml");
        var page = await ProgramProcess.RunAsync(_folder.Path, "read-feed", "page.html");

        Assert.Equal(0, feed.ExitCode);
        Assert.Contains("2026-11-22 02:00  Кафе \u00a0 & чай", feed.Output, StringComparison.Ordinal);
        Assert.Contains("mended: 1 bare ampersands were taken as text (first in line 1)", feed.Output, StringComparison.Ordinal);
        Assert.Equal((20, "This is no feed: an HTML page."), (page.ExitCode, page.Output.Trim()));
    }

    [Fact]
    public async Task The_shipped_program_never_talks_to_loopback_on_behalf_of_a_list()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var check = await ProgramProcess.RunAsync(_folder.Path, "check", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        Assert.Equal(20, check.ExitCode);
        Assert.Contains("dns: dns_bogon_error", check.Output, StringComparison.Ordinal);
        Assert.False(listener.Pending());
    }

    private static Uri Address(ProgramProcess run) => new(run.Output.Split("Pages: ")[1].Split(' ')[0]);
}
