using Monitoring.Items;
using Monitoring.Names;
using Monitoring.Tests.Support;
using Monitoring.Violations;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Items;

/// <summary>How sure a name must be to become a finding, and that the store keeps how sure it was.</summary>
public sealed class CompiledListTests
{
    private static readonly CompiledList Compiled = new(new WatchlistSnapshot("1",
    [
        new Person { Id = "miras", Name = "Мирас Кыранбеков" },
        new Topic { Id = "detention", Name = "Detention", Keywords = ["задержан*"] },
    ]));

    [Fact]
    public void A_candidate_is_no_finding_but_for_those_who_try_a_text()
    {
        const string text = "кыранбеков задержан";

        Assert.Equal([FindingKind.Topic], Compiled.Find(text).Select(finding => finding.Kind));
        Assert.Equal([Band.Candidate, null], Compiled.FindWithCandidates(text).Select(finding => finding.Band));
    }

    [Fact]
    public void A_name_has_a_band_and_a_score_a_topic_none_and_an_act_a_status()
    {
        var findings = Compiled.Find("Мирас Кыранбеков задержан");

        Assert.Equal([((Band?)Band.Certain, true), (null, false), (null, true)], findings.Select(finding => (finding.Band, finding.Score >= 90)));
        Assert.Equal((ViolationStatus.Occurred, Victim.Listed), (findings[2].Status, findings[2].Victim));
    }

    [Fact]
    public async Task The_store_gives_back_what_was_found()
    {
        await using var engine = new SqliteEngine(new TestClock());
        var store = new FindingStore(engine.Tables);
        var key = new ItemKey("feed-1", "abc");
        var findings = Compiled.Find("Мирас Кыранбеков задержан");

        await store.ReplaceAsync(key, findings, Compiled.UnderstoodBy, CancellationToken.None);

        var stored = await store.ListAsync(key, CancellationToken.None);
        Assert.Equal(findings.Select(Said), stored.Select(Said));
    }

    private static object Said(Finding finding) => (finding.SubjectId, finding.Band, finding.Score, finding.Status, finding.Victim);
}
