using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability;

/// <summary>The process dies while a check is recorded, and the next check is another one.</summary>
public sealed class RecordingCrashTests : IAsyncLifetime
{
    private RecordingKit _kit = null!;

    public Task InitializeAsync()
    {
        _kit = RecordingKit.Create();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _kit.DisposeAsync();

    [Theory]
    [InlineData("EpisodesOpen", "PutAsync")]
    [InlineData("Episodes", "PutAsync")]
    [InlineData("Mails", "AddAsync")]
    [InlineData("SiteStates", "ReplaceAsync")]
    public async Task An_opening_cut_off_anywhere_is_taken_up_by_the_next_blocked_check(string table, string method)
    {
        await CheckAndDieAsync("dd", 'd', table, method);

        await _kit.CheckAsync("ddOOO");

        Assert.Equal("0-5", await _kit.EpisodesAsync());
        Assert.Equal(
            ["[KZ] Signs of blocking: Сайт & Co from AS64500 (DNS)", "[KZ] Reachable again: Сайт & Co from AS64500, after 5 min"], await _kit.SubjectsAsync());
    }

    [Theory]
    [InlineData("Mails", "AddAsync")]
    [InlineData("SiteStates", "ReplaceAsync")]
    public async Task An_opening_cut_off_before_good_checks_does_not_stay_open_for_ever(string table, string method)
    {
        await CheckAndDieAsync("dd", 'd', table, method);

        await _kit.CheckAsync("OOO");

        Assert.Equal("0-3", await _kit.EpisodesAsync());
        Assert.Empty(await _kit.Episodes.ListOpenAsync(CancellationToken.None).ToListAsync());
        Assert.Equal(
            ["[KZ] Signs of blocking: Сайт & Co from AS64500 (DNS)", "[KZ] Reachable again: Сайт & Co from AS64500, after 3 min"], await _kit.SubjectsAsync());
    }

    [Theory]
    [InlineData("Episodes", "PutAsync")]
    [InlineData("Mails", "AddAsync")]
    [InlineData("SiteStates", "ReplaceAsync")]
    public async Task A_change_cut_off_anywhere_is_told_by_the_next_check(string table, string method)
    {
        await CheckAndDieAsync("dddP", 'P', table, method);

        await _kit.CheckAsync("PP");

        Assert.Equal(
            ["[KZ] Signs of blocking: Сайт & Co from AS64500 (DNS)", "[KZ] Blocked: Сайт & Co from AS64500 (block page)"], await _kit.SubjectsAsync());
    }

    [Theory]
    [InlineData("Episodes", "PutAsync")]
    [InlineData("EpisodesOpen", "DeleteAsync")]
    [InlineData("Mails", "AddAsync")]
    [InlineData("SiteStates", "ReplaceAsync")]
    public async Task A_closing_cut_off_anywhere_is_taken_up_by_the_next_good_check(string table, string method)
    {
        await CheckAndDieAsync("dddOO", 'O', table, method);

        await _kit.CheckAsync("O");

        Assert.Equal("0-3", await _kit.EpisodesAsync());
        Assert.Empty(await _kit.Episodes.ListOpenAsync(CancellationToken.None).ToListAsync());
        Assert.Equal(2, (await _kit.SubjectsAsync()).Count);
    }

    [Theory]
    [InlineData("Mails", "AddAsync")]
    [InlineData("SiteStates", "ReplaceAsync")]
    public async Task After_a_closing_cut_off_new_trouble_is_an_episode_of_its_own(string table, string method)
    {
        await CheckAndDieAsync("dddOO", 'O', table, method);

        await _kit.CheckAsync("ddd");

        Assert.Equal("0-3, 6-", await _kit.EpisodesAsync());
        Assert.Equal(3, (await _kit.SubjectsAsync()).Count);
    }

    private async Task CheckAndDieAsync(string before, char last, string table, string method)
    {
        await _kit.CheckAsync(before);
        _kit.DieBefore(table, method);
        await Assert.ThrowsAsync<SimulatedCrashException>(() => _kit.CheckAsync(last.ToString()));
    }
}
