using Monitoring.App.Commands;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Watchlist.Files;

/// <summary>Addresses, and when a recipient is told what.</summary>
public sealed class RecipientFieldsTests
{
    private const string AnyAddress = "address: a mail address is expected";
    private const string AsciiFirst = "address: a mail address whose part before the @ is in ASCII is expected: mail servers need not take other letters there";

    [Theory]
    [InlineData("r@example.org")]
    [InlineData("reader+list@example.org")]
    [InlineData("r@редакция.қаз")]
    [InlineData("r@xn--80aa0aebmlg.kz")]
    [InlineData("\\\"press desk\\\"@example.org")]
    [InlineData("\\\"a@b\\\"@example.org")]
    [InlineData("r@localhost")]
    public void An_address_may_have_a_domain_in_any_script_and_quotes_before_the_at(string address) => Assert.Empty(Problems($"address: \"{address}\""));

    [Theory]
    [InlineData("ред@example.org", AsciiFirst)]
    [InlineData("ред@редакция.қаз", AsciiFirst)]
    [InlineData("\\\"пресс\\\"@example.org", AsciiFirst)]
    [InlineData("example.org", AnyAddress)]
    [InlineData("@example.org", AnyAddress)]
    [InlineData("r@", AnyAddress)]
    [InlineData("r r@example.org", AnyAddress)]
    [InlineData("r@редакция қаз", AnyAddress)]
    [InlineData("r@-қаз-.kz", AnyAddress)]
    [InlineData("a@b@example.org", AnyAddress)]
    [InlineData("Reader <r@example.org>", AnyAddress)]
    [InlineData("r@example.org, s@example.org", AnyAddress)]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345@example.org", AnyAddress)] // 65 characters
    [InlineData("r@example.org\\r\\nBcc: all@example.org", "address: a text of 1 to 500 characters without control characters is expected")]
    [InlineData("r\\0@example.org", "address: a text of 1 to 500 characters without control characters is expected")]
    public void An_address_that_mail_servers_need_not_take_is_refused(string address, string problem) => Assert.Equal([problem], Problems($"address: \"{address}\""));

    [Theory]
    [InlineData("weekly: mondays", "weekly: 'mondays' is none of sunday, monday, tuesday, wednesday, thursday, friday, saturday; did you mean 'monday'?")]
    [InlineData("weekly: monday", "weekly: needs 'digest', the time of day at which it comes")]
    [InlineData("weekly: monday, digest: \"25:00\"", "digest: a time of day such as \"07:30\" is expected")] // is said once
    [InlineData("emptyDigests: no", "emptyDigests: 'no' is none of true, false")]
    [InlineData("sensitive: true", "sensitive: needs 'digest', the time of day of the one mail that comes")]
    [InlineData("quiet: 22:00-22:00", "quiet: two different times of day such as 22:00-07:00 are expected")]
    [InlineData("quiet: 22-07", "quiet: two different times of day such as 22:00-07:00 are expected")]
    [InlineData("quiet: 22:00-24:00", "quiet: two different times of day such as 22:00-07:00 are expected")]
    [InlineData("mostPerHour: 0", "mostPerHour: a whole number from 1 to 100 is expected")]
    [InlineData("mostPerHour: 101", "mostPerHour: a whole number from 1 to 100 is expected")]
    [InlineData("folow: [Aidos]", "folow: unknown field; did you mean 'follow'?")]
    [InlineData("follow: Aidos", "follow: a list of at most 500 is expected, a single value was found")]
    [InlineData("pgpKey: \"\"", "pgpKey: an armored public key block of at most 16000 characters is expected")]
    [InlineData("pgpKey: \"ключ\"", "pgpKey: an armored public key block of at most 16000 characters is expected")]
    [InlineData("pgpKey: [a]", "pgpKey: a single value is expected, a list was found")]
    [InlineData("pgpKey: none", "pgpKey: a public key block from BEGIN PGP PUBLIC KEY BLOCK to END PGP PUBLIC KEY BLOCK, whole and unchanged, is expected")]
    [InlineData("timeZone: Asia/Almaata", "timeZone: an IANA time zone such as Asia/Almaty is expected")]
    public void A_wrong_value_is_named(string fields, string problem) => Assert.Equal([problem], Problems("address: r@example.org, " + fields));

    [Theory]
    [InlineData(50)]
    [InlineData(51, "rules: at most 50 rules are expected, and these are 51")]
    public void As_many_rules_as_the_form_holds_are_taken(int count, params string[] problems) =>
        Assert.Equal(problems, Problems($"address: r@example.org, rules: [{string.Join(", ", Enumerable.Repeat("{ when: hourly }", count))}]"));

    [Theory]
    [InlineData("{ name: A }", "rules[0].when: is missing; atonce, reviewed, hourly, daily or weekly is expected")]
    [InlineData("{ when: now }", "rules[0].when: 'now' is none of atonce, reviewed, hourly, daily, weekly")]
    [InlineData("{ when: daily }", "rules[0].when: the recipient has no 'digest', the time of day at which daily mails come")]
    [InlineData("{ when: weekly }", "rules[0].when: the recipient needs 'weekly' and 'digest', the day and the time of day at which weekly mails come")]
    [InlineData("{ when: hourly, about: site }", "rules[0].about: 'site' is none of all, items, sites; did you mean 'sites'?")]
    [InlineData("{ when: hourly, severity: hight }", "rules[0].severity: 'hight' is none of info, medium, high, critical; did you mean 'high'?")]
    [InlineData("{ when: hourly, languages: [Russian] }", "rules[0].languages[0]: a language code of two or three small letters (ISO 639) is expected")]
    [InlineData("{ when: hourly, countries: [KZ, kg] }", "rules[0].countries[1]: a country code of two capital letters (ISO 3166-1) is expected")]
    [InlineData("{ when: hourly, about: sites, violations: [detention] }", "rules[0].violations: a rule about sites has no kinds of act; use 'about: items'")]
    [InlineData("{ when: hourly, violations: [detentoin] }", "rules[0].violations: no kind of act is called 'DETENTOIN'; did you mean 'DETENTION'?")]
    [InlineData("{ when: hourly, subjects: [Aydos] }", "rules[0].subjects: no person, outlet, topic or site of this file has the id or name 'Aydos'; did you mean 'Aidos'?")]
    [InlineData("{ when: hourly, topics: [A] }", "rules[0].topics: unknown field")]
    [InlineData("hourly", "rules[0]: a group of fields is expected, a single value was found")]
    public void A_wrong_rule_is_named(string rule, string problem) => Assert.Equal([problem], Problems($"address: r@example.org, rules: [{rule}]"));

    [Fact]
    public void Only_persons_and_outlets_can_be_followed() => Assert.Equal(
        ["follow: no person or outlet of this file has the id or name 'Detention'"], Problems("address: r@example.org, follow: [Aidos, Detention]"));

    [Fact]
    public void A_kind_of_act_may_be_written_in_small_letters()
    {
        var entry = Assert.IsType<Recipient>(Assert.Single(ListFile.Read("recipients: [{ name: R, address: r@example.org, rules: [{ when: atOnce, violations: [detention] }] }]")).Entry);

        Assert.Equal(["DETENTION"], Assert.Single(entry.Rules).Violations);
    }

    [Theory]
    [InlineData(16_000, "pgpKey: a public key block from BEGIN PGP PUBLIC KEY BLOCK to END PGP PUBLIC KEY BLOCK, whole and unchanged, is expected")]
    [InlineData(16_001, "pgpKey: an armored public key block of at most 16000 characters is expected")]
    public void A_key_block_has_a_longest_length(int length, string problem) => Assert.Equal([problem], Problems($"address: r@example.org, pgpKey: {new string('x', length)}"));

    [Fact]
    public async Task A_key_of_lines_survives_a_store_and_a_file_and_what_people_wrote_above_it_does_not()
    {
        var block = PgpKit.Rsa.Block;
        var written = block.Replace("\n", "\n      ", StringComparison.Ordinal).Replace("BLOCK-----\n      \n", $"BLOCK-----\n      Comment: {PgpKit.Owner}\n\n", StringComparison.Ordinal);
        Assert.Contains("Comment:", written, StringComparison.Ordinal);

        await using var first = await StoredList.OfAsync($"recipients:\n  - name: R\n    address: r@example.org\n    pgpKey: |\n      {written}\n");
        var exported = await first.ExportAsync();
        await using var second = await StoredList.OfAsync(exported);

        Assert.Equal(block, Assert.Single((await second.LoadAsync()).Recipients).PgpKey);
        Assert.Equal(exported, await second.ExportAsync());
        Assert.Contains("  pgpKey: |-\n    -----BEGIN PGP PUBLIC KEY BLOCK-----\n\n    ", exported, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_key_that_is_none_any_more_does_not_take_the_list_with_it()
    {
        await using var list = new StoredList();
        await list.Store.EditAsync(People.Reader() with { PgpKey = "nonsense" }, stamp: null, "editor", CancellationToken.None);

        Assert.Equal("nonsense", Assert.Single((await list.LoadAsync()).Recipients).PgpKey);
    }

    /// <summary>Without file, line and the place of the recipient.</summary>
    private static string[] Problems(string fields)
    {
        var yaml = $"persons: [{{ name: Aidos }}]\ntopics: [{{ name: Detention, keywords: [арест*] }}]\nrecipients:\n  - {{ name: R, {fields} }}\n";
        var problems = WatchlistCheck.Check(new StringReader(yaml), "list.yaml", WatchlistSource.ProblemsOf(Some.Time)).Problems;
        Assert.All(problems, problem => Assert.Equal(("list.yaml", 4), (problem.File, problem.Line)));
        return [.. problems.Select(problem => $"{problem.Path["recipients[0].".Length..]}: {problem.Message}")];
    }
}
