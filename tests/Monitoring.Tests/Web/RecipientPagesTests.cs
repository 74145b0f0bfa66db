using System.Net;
using System.Text.RegularExpressions;
using Monitoring.Review;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Web;

public sealed partial class RecipientPagesTests : IAsyncLifetime
{
    private const string Reader = "/watchlist/recipient/recipient-1";
    private const string Edit = Reader + "/edit";
    private const string New = "/watchlist/recipient/new";

    private SmallWorld _world = null!;

    private static (string Name, string Value)[] Typed =>
    [
        ("name", "Әсел"), ("address", "\"press desk\"@редакция.қаз"), ("language", "kk"), ("timeZone", "Asia/Almaty"), ("digest", "07:30"), ("weekly", "monday"),
        ("atOnce", "high"), ("follow", "Мирас Кыранбеков\r\n"), ("quiet", "22:00-07:00"), ("mostPerHour", "10"), ("countries", "KZ, KG"),
        ("rules[0].name", "Arrests"), ("rules[0].when", "reviewed"), ("rules[0].about", "items"), ("rules[0].severity", "high"),
        ("rules[0].subjects", "person-1\r\nDetention"), ("rules[0].violations", "detention, arrest"), ("rules[0].languages", "kk ru"),
    ];

    public async Task InitializeAsync()
    {
        _world = await SmallWorld.StartAsync();
        await _world.LiveAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_recipient_is_added_with_every_field_and_read_in_words()
    {
        var page = await SavedAsync(New, Typed);

        var recipient = (await ListAsync()).Recipients.Single(recipient => recipient.Name == "Әсел");
        Assert.Equal(("\"press desk\"@редакция.қаз", new TimeOnly(7, 30), DayOfWeek.Monday, 10, false, false), (recipient.Address, recipient.Digest!.Value, recipient.Weekly, recipient.MostPerHour, recipient.EmptyDigests, recipient.Sites));
        Assert.Equal(["Мирас Кыранбеков"], recipient.Follow);
        Assert.Equal(["KZ", "KG"], recipient.Countries);
        Assert.Equal(["person-1", "Detention"], Assert.Single(recipient.Rules).Subjects);
        Assert.Contains("every day at 07:30, unless there is nothing to say; an overview every Monday at the same time (Asia/Almaty)", page, StringComparison.Ordinal);
        Assert.Contains("items at least high, about person-1 or Detention, of Short detention or ", page, StringComparison.Ordinal);
        Assert.Contains("at once, when an editor has confirmed it", page, StringComparison.Ordinal);
        Assert.Contains("22:00 to 07:00", page, StringComparison.Ordinal);
        Assert.Contains(">Әсел</a>", await _world.PageAsync("/watchlist"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_form_shows_and_is_sent_back_changes_nothing()
    {
        await SavedAsync(New, Typed);
        var before = (await ListAsync()).Recipients.Single(recipient => recipient.Name == "Әсел");
        var edit = $"/watchlist/recipient/{before.Id}/edit";

        await SavedAsync(edit, Shown(await _world.PageAsync(edit)));

        var stored = (await Store.FindAsync(EntryKind.Recipient, before.Id, CancellationToken.None))!.Value;
        Assert.Equal(EntryRow.Write(before).GetText("Rules"), EntryRow.Write(stored.Entry).GetText("Rules"));
        Assert.Equal(["added", "changed"], (await AuditAsync(before.Id)).Select(entry => entry.What).Order());
        Assert.Equal("", (await AuditAsync(before.Id)).Single(entry => entry.What == "changed").Note);
        Assert.Equivalent(before, stored.Entry, strict: true);
    }

    [Fact]
    public async Task A_rule_is_removed_and_another_added()
    {
        await SavedAsync(Edit, [.. Shown(await _world.PageAsync(Edit)).Where(field => !field.Name.StartsWith("rules[0]", StringComparison.Ordinal)), ("rules[0].when", "hourly"), ("rules[0].name", "First")]);
        Assert.Equal("First", Assert.Single((await ReaderAsync()).Rules).Name);

        var shown = Shown(await _world.PageAsync(Edit)).Where(field => !field.Name.StartsWith("rules[1]", StringComparison.Ordinal));
        await SavedAsync(Edit, [.. shown, ("rules[0].remove", "true"), ("rules[1].when", "daily"), ("rules[1].name", "Second")]);

        Assert.Equal("Second", Assert.Single((await ReaderAsync()).Rules).Name);
        Assert.Contains(await AuditAsync("recipient-1"), entry => entry is { What: "changed", Note: "rules", Applied: true });
    }

    [Theory]
    [InlineData("address", "ред@example.org", "field-address", "a mail address whose part before the @ is in ASCII is expected")]
    [InlineData("timeZone", "Almaty", "field-timeZone", "an IANA time zone such as Asia/Almaty is expected")]
    [InlineData("countries", "KZ, Kyrgyzstan", "field-countries", "a country code of two capital letters")]
    [InlineData("follow", "Мирас Кыранбек", "field-follow", "no person or outlet of this list has the id or name 'Мирас Кыранбек'; did you mean 'Мирас Кыранбеков'?")]
    [InlineData("quiet", "22:00-22:00", "field-quiet", "two different times of day")]
    [InlineData("mostPerHour", "1000", "field-mostPerHour", "a whole number from 1 to 100 is expected")]
    [InlineData("rules[0].violations", "detentoin", "field-rules-0-violations", "no kind of act is called 'DETENTOIN'; did you mean 'DETENTION'?")]
    [InlineData("rules[0].when", "", "field-rules-0-when", "is missing")]
    [InlineData("digest", "", "field-weekly", "needs 'digest'")]
    [InlineData("address", "reader@example.org", "field-address", "is that of 'Читательница' already")]
    [InlineData("address", "r@example.org\r\nBcc: x@example.org", "field-address", "without control characters")]
    public async Task What_is_wrong_is_said_at_its_field_and_what_was_typed_stays(string field, string value, string id, string message)
    {
        var typed = Typed.Where(pair => pair.Name != field).Append((field, value)).ToArray();

        using var refused = await _world.PostAsync(New, New, [.. typed, ("_handler", "recipient")]);
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains($"<li><a href=\"#{id}\">", page, StringComparison.Ordinal);
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.Contains("<title>Error: ", page, StringComparison.Ordinal);
        Assert.Contains(value.Split('\r')[0], page, StringComparison.Ordinal);
        Assert.Contains("person-1\nDetention", page, StringComparison.Ordinal);
        Assert.Single((await ListAsync()).Recipients);
    }

    [Fact]
    public async Task Who_was_slower_is_told_and_may_save_over_it()
    {
        var first = Shown(await _world.PageAsync(Edit));
        await SavedAsync(Edit, [.. first.Where(field => field.Name != "name"), ("name", "Other")]);

        using var lost = await _world.PostAsync(Edit, Edit, [.. first.Where(field => field.Name != "name"), ("name", "Mine"), ("_handler", "recipient")]);
        var page = await lost.Content.ReadAsStringAsync();

        Assert.Contains("Somebody changed it meanwhile", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Mine\"", page, StringComparison.Ordinal);
        Assert.Equal("Other", (await ReaderAsync()).Name);
        await SavedAsync(Edit, Shown(page));
        Assert.Equal("Mine", (await ReaderAsync()).Name);
    }

    [Fact]
    public async Task A_sensitive_recipient_is_told_apart()
    {
        var page = await SavedAsync(Edit, [.. Shown(await _world.PageAsync(Edit)), ("sensitive", "true")]);

        Assert.True((await ReaderAsync()).Sensitive);
        Assert.Contains("mails name nothing and nobody", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_saved_without_the_lines_for_people_and_shown_by_its_fingerprint()
    {
        var kit = new PgpKit(PgpKit.EdPair(), PgpKit.XPair(), lasts: TimeSpan.FromDays(100));
        var (begin, rest) = (kit.Block.Split('\n')[0], kit.Block[(kit.Block.IndexOf('\n', StringComparison.Ordinal) + 1)..]);

        var page = await SavedAsync(Edit, [.. Shown(await _world.PageAsync(Edit)).Where(field => field.Name != "pgpKey"), ("pgpKey", $"\r\n{begin}\r\nComment: {PgpKit.Owner}\r\n{rest}\r\n")]);

        Assert.Equal(kit.Block, (await ReaderAsync()).PgpKey);
        Assert.Contains($"key {PgpKey.Read(kit.Block).Key!.Fingerprint}, until 2027-02-09", page, StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN PGP", page, StringComparison.Ordinal);
        Assert.Contains(kit.Block, WebUtility.HtmlDecode(await _world.PageAsync(Edit)), StringComparison.Ordinal);
        Assert.Contains(await AuditAsync("recipient-1"), entry => entry is { What: "changed", Note: "pgpKey", Applied: true });

        _world.Clock.Advance(TimeSpan.FromDays(100));
        Assert.Contains("ended 2027-02-09; no mail is sent until it is replaced", await _world.PageAsync(Reader), StringComparison.Ordinal);
        await SavedAsync(Edit, [.. Shown(await _world.PageAsync(Edit)).Where(field => field.Name != "pgpKey")]);
        Assert.Null((await ReaderAsync()).PgpKey);
    }

    [Fact]
    public async Task A_private_key_is_refused_at_its_field()
    {
        using var refused = await _world.PostAsync(Edit, Edit, [.. Shown(await _world.PageAsync(Edit)).Where(field => field.Name != "pgpKey"), ("pgpKey", PgpKit.Curve.PrivateBlock), ("_handler", "recipient")]);
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Contains("<li><a href=\"#field-pgpKey\">OpenPGP public key</a>: this is a PRIVATE key", page, StringComparison.Ordinal);
        Assert.Null((await ReaderAsync()).PgpKey);
    }

    [Fact]
    public async Task Who_is_retired_gets_no_mail_and_has_no_page()
    {
        using var unsure = await _world.PostAsync(Reader, "/watchlist/recipient/retire", ("id", "recipient-1"));
        Assert.Contains("Tick the box", await _world.PageAsync(unsure.Headers.Location!.OriginalString), StringComparison.Ordinal);
        Assert.Single((await ListAsync()).Recipients);

        using var sure = await _world.PostAsync(Reader, "/watchlist/recipient/retire", ("id", "recipient-1"), ("sure", "yes"));

        Assert.Contains("gets no mail any more", await _world.PageAsync(sure.Headers.Location!.OriginalString), StringComparison.Ordinal);
        Assert.Empty((await ListAsync()).Recipients);
        Assert.Equal(("retired", true), Assert.Single((await AuditAsync("recipient-1")).Select(entry => (entry.What, entry.Applied))));
        using var page = await _world.Client.GetAsync(Reader);
        using var edit = await _world.Client.GetAsync(Edit);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, edit.StatusCode));
    }

    [Theory]
    [InlineData("/watchlist/recipient/nobody")]
    [InlineData("/watchlist/recipient/nobody/edit")]
    [InlineData("/watchlist/recipient/%D1%8F%2f..%2fx/edit")]
    public async Task Nobody_has_a_page(string path)
    {
        using var answer = await _world.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Its_forms_need_their_token()
    {
        using var form = new FormUrlEncodedContent([new("id", "recipient-1"), new("sure", "yes"), new("_handler", "recipient")]);

        using var save = await _world.Client.PostAsync(Edit, form);
        using var retire = await _world.Client.PostAsync("/watchlist/recipient/retire", form);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (save.StatusCode, retire.StatusCode));
    }

    private WatchlistStore Store => _world.Station.Get<WatchlistStore>();

    /// <summary>The page that is shown after saving.</summary>
    private async Task<string> SavedAsync(string form, IEnumerable<(string Name, string Value)> fields)
    {
        using var answer = await _world.PostAsync(form, form, [.. fields, ("_handler", "recipient")]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = await _world.PageAsync(answer.Headers.Location!.OriginalString);
        Assert.Contains("Saved.", page, StringComparison.Ordinal);
        return page;
    }

    private Task<WatchlistSnapshot> ListAsync() => Store.LoadAsync(CancellationToken.None);

    private async Task<Recipient> ReaderAsync() => Assert.Single((await ListAsync()).Recipients);

    private ValueTask<List<AuditEntry>> AuditAsync(string id) => _world.Station.Get<AuditLog>().ListAsync(RecipientDecisions.SubjectOf(id), CancellationToken.None).ToListAsync();

    /// <summary>What a browser would send back.</summary>
    private static (string Name, string Value)[] Shown(string page)
    {
        var form = Form().Match(page).Value;
        return
        [
            .. Input().Matches(form).Where(input => !input.Value.Contains("checkbox", StringComparison.Ordinal) || Checked().IsMatch(input.Value))
                .Select(input => (Name().Match(input.Value).Groups[1].Value, WebUtility.HtmlDecode(Value().Match(input.Value).Groups[1].Value)))
                .Where(field => field.Item1 is not ("__RequestVerificationToken" or "_handler")),
            .. Area().Matches(form).Select(area => (area.Groups[1].Value, WebUtility.HtmlDecode(area.Groups[2].Value))),
            .. Select().Matches(form).Select(select => (select.Groups[1].Value, Selected().Match(select.Groups[2].Value) is { Success: true } chosen ? chosen.Groups[1].Value : First().Match(select.Groups[2].Value).Groups[1].Value)),
        ];
    }

    [GeneratedRegex("<form method=\"post\" class=\"entry\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("name=\"([^\"]*)\"")]
    private static partial Regex Name();

    [GeneratedRegex("value=\"([^\"]*)\"")]
    private static partial Regex Value();

    [GeneratedRegex(" checked")]
    private static partial Regex Checked();

    [GeneratedRegex("<textarea[^>]*name=\"([^\"]*)\"[^>]*>\n?([^<]*)</textarea>")]
    private static partial Regex Area();

    [GeneratedRegex("<select[^>]*name=\"([^\"]*)\"[^>]*>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Select();

    [GeneratedRegex("<option value=\"([^\"]*)\" selected")]
    private static partial Regex Selected();

    [GeneratedRegex("<option value(?:=\"([^\"]*)\")?")]
    private static partial Regex First();
}
