using Monitoring.Items;
using Monitoring.Items.Stories;
using Monitoring.Review;
using Monitoring.Storage;
using Monitoring.Tests.Items.Stories;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Review;

/// <summary>Editors split and merge stories; the system remembers, and takes it back when asked.</summary>
public sealed class StoryDecisionsTests : IAsyncLifetime
{
    private const string Editor = "editor";
    private const string Another = "Мирас Кыранбеков получил премию за серию репортажей о школах Павлодара и соседних районов области, которые выходили всю осень в его издании.";

    private NewsDesk _desk = null!;

    private StoryDecisions Decisions => _desk.Station.Get<StoryDecisions>();

    public async Task InitializeAsync()
    {
        _desk = await NewsDesk.OpenAsync();
        foreach (var (name, text) in new[] { ("a", StoryTexts.Russian), ("b", StoryTexts.Change(StoryTexts.Russian, everyNth: 6)), ("c", Another) })
        {
            Assert.NotNull(await FileAsync(name, text));
        }
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task An_item_that_was_split_off_stays_apart_also_when_it_is_filed_again()
    {
        Assert.Equal(StoryEdit.Done, await Decisions.SplitAsync(Key("b"), Editor, CancellationToken.None));
        await FileAsync("b", StoryTexts.Russian);

        Assert.Equal(("a", "b"), (await MembersAsync("a"), await MembersAsync("b")));
        Assert.Equal(StoryEdit.AlreadySo, await Decisions.SplitAsync(Key("b"), Editor, CancellationToken.None));
    }

    [Fact]
    public async Task A_split_that_is_undone_leaves_everything_as_it_was()
    {
        var before = await _desk.Station.Get<StoryStore>().OfItemAsync(Key("a"), CancellationToken.None);
        await Decisions.SplitAsync(Key("b"), Editor, CancellationToken.None);

        Assert.Equal(StoryEdit.Done, await Decisions.UnsplitAsync(Key("b"), Editor, CancellationToken.None));

        var after = await _desk.Station.Get<StoryStore>().OfItemAsync(Key("a"), CancellationToken.None);
        Assert.Equal(Say(before!), Say(after!));
        Assert.Equal(StoryEdit.AlreadySo, await Decisions.UnsplitAsync(Key("b"), Editor, CancellationToken.None));
    }

    [Fact]
    public async Task A_merged_story_points_on_and_what_joins_it_later_goes_with_it()
    {
        var (one, other) = (await IdAsync("a"), await IdAsync("c"));

        Assert.Equal(StoryEdit.Done, await Decisions.MergeAsync(one, other, Editor, CancellationToken.None));
        await FileAsync("d", StoryTexts.Russian);

        Assert.Equal((other, "a b c d"), ((await _desk.Station.Get<StoryStore>().ReadAsync(one, CancellationToken.None)).Id, await MembersAsync("d")));
        Assert.Equal(StoryEdit.AlreadySo, await Decisions.MergeAsync(one, other, Editor, CancellationToken.None));
    }

    [Fact]
    public async Task A_merging_that_is_undone_brings_every_item_back_to_its_own()
    {
        var (one, other) = (await IdAsync("a"), await IdAsync("c"));
        await Decisions.MergeAsync(one, other, Editor, CancellationToken.None);
        await FileAsync("d", StoryTexts.Russian);

        Assert.Equal(StoryEdit.Done, await Decisions.UnmergeAsync(one, Editor, CancellationToken.None));

        Assert.Equal(("a b d", "c"), (await MembersAsync("a"), await MembersAsync("c")));
        Assert.Equal(one, await IdAsync("d"));
    }

    [Fact]
    public async Task Who_did_what_is_in_the_audit_log()
    {
        var (one, other) = (await IdAsync("a"), await IdAsync("c"));
        await Decisions.SplitAsync(Key("b"), Editor, CancellationToken.None);
        await Decisions.MergeAsync(one, other, Editor, CancellationToken.None);
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await Decisions.MergeAsync(one, "nothing", Editor, CancellationToken.None);

        Assert.Equal(["split off by editor: True"], await AuditAsync(Key("b").ToString()));
        Assert.Equal(["merged by editor: False into nothing", $"merged by editor: True into {other}"], await AuditAsync(one));
    }

    [Fact]
    public async Task While_another_worker_files_nothing_is_changed()
    {
        Assert.NotNull(await _desk.Station.Get<ILeases>().TryAcquireAsync("stories", "other", ILeases.Longest, CancellationToken.None));

        Assert.Equal(StoryEdit.NotNow, await _desk.Clock.FinishAsync(Decisions.SplitAsync(Key("b"), Editor, CancellationToken.None)));
        Assert.Equal("a b", await MembersAsync("a"));
    }

    [Fact]
    public async Task Merging_in_a_circle_ends()
    {
        var store = _desk.Station.Get<StoryStore>();
        var (one, other) = (await IdAsync("a"), await IdAsync("c"));
        await store.MergeAsync(one, other, CancellationToken.None);
        await store.MergeAsync(other, one, CancellationToken.None);

        Assert.NotEmpty((await store.ReadAsync(one, CancellationToken.None)).Members);
    }

    private static ItemKey Key(string name) => new("feed-1", name);

    private Task<FlagStory> FileAsync(string name, string text) => _desk.Station.Get<StoryFiling>().FileAsync(
        new StoryItem { Key = Key(name), Title = name, Text = text, Language = "ru", Publisher = name, PublisherName = name, FirstSeen = _desk.Clock.GetUtcNow() }, CancellationToken.None);

    private async Task<string> IdAsync(string name) => (await _desk.Station.Get<StoryStore>().OfItemAsync(Key(name), CancellationToken.None))!.Id;

    private async Task<string> MembersAsync(string name) =>
        string.Join(' ', (await _desk.Station.Get<StoryStore>().OfItemAsync(Key(name), CancellationToken.None))!.Members.Select(member => member.Item.ItemId).Order());

    private async Task<IReadOnlyList<string>> AuditAsync(string subject) =>
        await _desk.Station.Get<AuditLog>().ListAsync(subject, CancellationToken.None).Select(entry => $"{entry.What} by {entry.Who}: {entry.Applied} {entry.Note}".TrimEnd()).ToListAsync();

    private static string Say(Story story) =>
        string.Join('\n', story.Told.Select(told => $"{told.Member.Item} {told.Role} {told.Member.Join} {told.Member.JoinedTo} {string.Join(' ', told.Member.Reasons.Select(reason => reason.Text))}"));
}
