using System.CommandLine;
using Monitoring.App.Commands;
using Monitoring.App.Hosting;
using Monitoring.Tests.Support;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Monitoring.Tests.Commands;

/// <summary>In the collection of those that run alone: one test sets a variable of the process.</summary>
[Collection(AloneCollection.Name)]
public sealed class PassphraseTests : IDisposable
{
    private const string Good = "correct horse battery";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Good)]
    [InlineData(Good + "\n")]
    [InlineData(Good + "\r\nanother line\n")]
    public void A_file_gives_its_first_line(string content)
    {
        Assert.Equal(Good, Get(isNew: true, typed: [], "--passphrase-file", _folder.Write("passphrase", content)));
    }

    [Theory]
    [InlineData("", "empty; a passphrase has at least 12 characters.")]
    [InlineData("\n", "empty; a passphrase has at least 12 characters.")]
    [InlineData("elevenchars", "too short; a passphrase has at least 12 characters.")]
    public void Too_short_is_refused(string content, string message)
    {
        var file = _folder.Write("passphrase", content);

        var refusal = Assert.Throws<StartException>(() => Get(isNew: true, typed: [], "--passphrase-file", file));

        Assert.Equal((ExitCode.Usage, $"{file}: {message}"), (refusal.ExitCode, refusal.Message));
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        var refusal = Assert.Throws<StartException>(() => Get(isNew: false, typed: [], "--passphrase-file", _folder.File("none")));

        Assert.Equal((ExitCode.NoInput, $"{_folder.File("none")}: cannot be read (FileNotFoundException)."), (refusal.ExitCode, refusal.Message));
    }

    [Fact]
    public void The_environment_gives_it_where_no_file_is_named()
    {
        Environment.SetEnvironmentVariable(Passphrase.Variable, Good);
        try
        {
            Assert.Equal(Good, Get(isNew: true, typed: []));
            Assert.Equal("of the file, instead", Get(isNew: true, typed: [], "--passphrase-file", _folder.Write("passphrase", "of the file, instead")));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Passphrase.Variable, null);
        }
    }

    [Fact]
    public void Typed_it_is_not_shown_and_for_a_backup_asked_twice()
    {
        var output = new StringWriter();

        Assert.Equal(Good, Get(new TypingConsole(output, Good), isNew: false));
        Assert.Equal(Good, Get(new TypingConsole(output, Good, Good), isNew: true));
        Assert.Contains("Passphrase:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("The same again:", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("horse", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("*", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_that_differ_are_refused()
    {
        var refusal = Assert.Throws<StartException>(() => Get(isNew: true, typed: [Good, Good + "?"]));

        Assert.Equal((ExitCode.Usage, "Passphrase: the two differ."), (refusal.ExitCode, refusal.Message));
    }

    [Fact]
    public void Where_nobody_can_be_asked_that_is_told()
    {
        var refusal = Assert.Throws<StartException>(() => Get(isNew: true, typed: []));

        Assert.Equal((ExitCode.Usage, "No passphrase: nobody can be asked here; give --passphrase-file or the environment variable MONITORING_PASSPHRASE."), (refusal.ExitCode, refusal.Message));
    }

    private static string Get(bool isNew, string[] typed, params string[] args) => Get(new TypingConsole(new StringWriter(), typed), isNew, args);

    private static string Get(TypingConsole console, bool isNew, params string[] args) => Passphrase.Get(
        new RootCommand { Passphrase.File }.Parse(args), new Screen(TextWriter.Null, TextWriter.Null, console, console), isNew);

    /// <summary>A terminal at which somebody types these lines; with none, no terminal.</summary>
    private sealed class TypingConsole : IAnsiConsole, IAnsiConsoleInput
    {
        private readonly IAnsiConsole _inner;
        private readonly Queue<char> _keys;

        public TypingConsole(TextWriter output, params string[] lines)
        {
            _inner = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                Interactive = lines.Length > 0 ? InteractionSupport.Yes : InteractionSupport.No,
                Out = new AnsiConsoleOutput(output),
            });
            _keys = new Queue<char>(string.Concat(lines.Select(line => line + "\r")));
        }

        public Profile Profile => _inner.Profile;

        public IAnsiConsoleCursor Cursor => _inner.Cursor;

        public IAnsiConsoleInput Input => this;

        public IExclusivityMode ExclusivityMode => _inner.ExclusivityMode;

        public RenderPipeline Pipeline => _inner.Pipeline;

        public void Clear(bool home) => _inner.Clear(home);

        public void Write(IRenderable renderable) => _inner.Write(renderable);

        public bool IsKeyAvailable() => _keys.Count > 0;

        public ConsoleKeyInfo? ReadKey(bool intercept)
        {
            var key = _keys.Dequeue();
            return new ConsoleKeyInfo(key, key == '\r' ? ConsoleKey.Enter : ConsoleKey.None, shift: false, alt: false, control: false);
        }

        public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));
    }
}
