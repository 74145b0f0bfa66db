using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Watchlist;

public sealed class WatchlistReaderTests : IAsyncLifetime
{
    private readonly List<TableCall> _calls = [];
    private Func<TableCall, Task> _before = _ => Task.CompletedTask;
    private StoredList _list = null!;
    private WatchlistReader _reader = null!;

    public async Task InitializeAsync()
    {
        _list = Create();
        _reader = new WatchlistReader(_list.Store);
        await _list.ImportAsync("persons: [{ id: aaaa, name: Айдос }]");
        _calls.Clear();
    }

    public async Task DisposeAsync() => await _list.DisposeAsync();

    [Fact]
    public async Task The_list_is_read_once_a_version()
    {
        var first = await ReadAsync();
        _calls.Clear();

        Assert.Same(first, await ReadAsync());
        Assert.Equal(["GetAsync version"], _calls.Select(call => $"{call.Method} {call.Partition}"));
    }

    [Fact]
    public async Task Callers_of_one_moment_share_one_read()
    {
        var gate = new TaskCompletionSource();
        _before = call => call.Method == nameof(IEntityTable.QueryAsync) ? gate.Task : Task.CompletedTask;
        var readers = Enumerable.Range(0, 5).Select(_ => ReadAsync()).ToList();
        gate.SetResult();

        var lists = await Task.WhenAll(readers);

        Assert.Single(lists.Distinct());
        Assert.Single(_calls, call => call.Partition == "person");
    }

    [Fact]
    public async Task A_failed_read_is_begun_again_by_the_next_caller()
    {
        _before = call => call.Partition == "person" ? throw new InvalidOperationException("down") : Task.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(ReadAsync);
        _before = _ => Task.CompletedTask;

        Assert.Equal("Айдос", Assert.Single((await ReadAsync()).Persons).Name);
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_end_the_read_for_the_others()
    {
        var gate = new TaskCompletionSource();
        _before = call => call.Method == nameof(IEntityTable.QueryAsync) ? gate.Task : Task.CompletedTask;
        using var giveUp = new CancellationTokenSource();
        var (impatient, patient) = (_reader.GetAsync(giveUp.Token), ReadAsync());

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult();

        Assert.Equal("Айдос", Assert.Single((await patient).Persons).Name);
    }

    [Fact]
    public async Task A_list_that_changes_while_it_is_read_is_read_again()
    {
        _before = async call =>
        {
            if (call is { Method: nameof(IEntityTable.QueryAsync), Partition: "recipient" })
            {
                _before = _ => Task.CompletedTask;
                await _list.Store.EditAsync(new Person { Id = "bbbb", Name = "Бота" }, stamp: null, "editor", CancellationToken.None);
            }
        };

        var list = await ReadAsync();

        Assert.Equal(("3", "Айдос Бота"), (list.Version, string.Join(' ', list.Persons.Select(person => person.Name))));
    }

    [Fact]
    public async Task An_outlet_is_found_by_id_and_by_name_and_an_id_comes_first()
    {
        await _list.ImportAsync("outlets: [{ id: tengri, name: Other }, { id: other, name: tengri }]");

        var list = await ReadAsync();

        Assert.Equal(("Other", "tengri", "Other"), (list.FindOutlet("tengri")!.Name, list.FindOutlet("other")!.Name, list.FindOutlet("Other")!.Name));
        Assert.Null(list.FindOutlet("nobody"));
        Assert.Null(list.FindOutlet(null));
    }

    private StoredList Create() => new(tables => new HookedTables(tables, call =>
    {
        lock (_calls)
        {
            _calls.Add(call);
        }

        return _before(call);
    }));

    private Task<WatchlistSnapshot> ReadAsync() => _reader.GetAsync(CancellationToken.None);
}
