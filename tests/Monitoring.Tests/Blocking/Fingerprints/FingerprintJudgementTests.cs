using Monitoring.Alerts.Mails;
using Monitoring.Blocking;
using Monitoring.Blocking.Fingerprints;

namespace Monitoring.Tests.Blocking.Fingerprints;

public sealed class FingerprintJudgementTests
{
    [Theory]
    [InlineData(FingerprintScope.Nat, "KZ", Grade.Confirmed, "reason.print_country")]
    [InlineData(FingerprintScope.Isp, "KZ", Grade.Confirmed, "reason.print_country")]
    [InlineData(FingerprintScope.Vbw, "KZ", Grade.Confirmed, "reason.print_country")]
    [InlineData(FingerprintScope.Prov, "KZ", Grade.Confirmed, "reason.print_country")]
    [InlineData(FingerprintScope.Nat, "RU", Grade.Likely, "reason.print_elsewhere")] // filtered upstream
    [InlineData(FingerprintScope.Isp, "RU", Grade.Likely, "reason.print_elsewhere")]
    [InlineData(FingerprintScope.Prod, "RU", Grade.Likely, "reason.print_elsewhere")]
    [InlineData(FingerprintScope.Inst, "RU", Grade.Likely, "reason.print_elsewhere")]
    [InlineData(FingerprintScope.Prod, "", Grade.Likely, "reason.print_anywhere")]
    [InlineData(FingerprintScope.Prod, "ZZ", Grade.Likely, "reason.print_anywhere")]
    [InlineData(FingerprintScope.Vbw, "RU", Grade.Suspected, "reason.print_vague")]
    [InlineData(FingerprintScope.Vbw, "", Grade.Suspected, "reason.print_vague")]
    [InlineData(FingerprintScope.Prov, "", Grade.Suspected, "reason.print_vague")]
    [InlineData(FingerprintScope.Injb, "", Grade.Suspected, "reason.print_vague")]
    public void A_vantage_in_kazakhstan(FingerprintScope scope, string expected, Grade grade, string reason)
    {
        var judgement = FingerprintJudgement.Judge([Match(scope, expected)], "KZ");

        Assert.Equal((FingerprintMeaning.Block, grade, reason), (judgement.Meaning, judgement.Grade, judgement.Reason!.Text));
    }

    [Theory]
    [InlineData("KZ", Grade.Confirmed, "reason.print_country")]
    [InlineData("RU", Grade.Suspected, "reason.print_short")]
    [InlineData("", Grade.Suspected, "reason.print_short")]
    public void A_short_pattern_needs_its_country_or_a_second_signal(string expected, Grade grade, string reason)
    {
        var judgement = FingerprintJudgement.Judge([Match(FingerprintScope.Nat, expected) with { IsShort = true }], "KZ");

        Assert.Equal((grade, reason), (judgement.Grade, judgement.Reason!.Text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ZZ")]
    public void A_vantage_whose_country_is_not_known_confirms_nothing(string? country) =>
        Assert.Equal(Grade.Likely, FingerprintJudgement.Judge([Match(FingerprintScope.Nat, "KZ,ZZ")], country).Grade);

    [Fact]
    public void A_look_alike_overrules_all_others_in_its_location()
    {
        var alike = Match(FingerprintScope.Fp, "") with { Name = "alike" };

        var judgement = FingerprintJudgement.Judge([Match(FingerprintScope.Nat, "KZ"), alike], "KZ");

        Assert.Equal((FingerprintMeaning.LookAlike, Grade.Insufficient, alike), (judgement.Meaning, judgement.Grade, judgement.By));
        Assert.Equal("reason.print_lookalike", judgement.Reason!.Text);
    }

    [Fact]
    public void A_look_alike_says_nothing_of_other_locations()
    {
        var header = Match(FingerprintScope.Isp, "KZ") with { Location = "header.location" };

        var judgement = FingerprintJudgement.Judge([Match(FingerprintScope.Fp, "KZ"), Match(FingerprintScope.Nat, "KZ"), header], "KZ");

        Assert.Equal((Grade.Confirmed, header), (judgement.Grade, judgement.By));
        Assert.Equal("@reason.print_in.header", judgement.Reason!.Values[1]);
    }

    [Fact]
    public void The_surest_match_decides()
    {
        var sure = Match(FingerprintScope.Isp, "KZ") with { Name = "sure" };

        var judgement = FingerprintJudgement.Judge([Match(FingerprintScope.Vbw, ""), Match(FingerprintScope.Nat, "RU"), sure], "KZ");

        Assert.Equal((Grade.Confirmed, sure), (judgement.Grade, judgement.By));
    }

    [Fact]
    public void Nothing_found_means_nothing()
    {
        var judgement = FingerprintJudgement.Judge([], "KZ");

        Assert.Equal((FingerprintMeaning.Nothing, Grade.Insufficient, null), (judgement.Meaning, judgement.Grade, judgement.Reason));
    }

    [Fact]
    public void A_reason_is_said_in_words()
    {
        var reason = FingerprintJudgement.Judge([Match(FingerprintScope.Nat, "RU,BY")], "KZ").Reason!;

        Assert.Equal("a known mark of blocking, «print», in the page, but expected in RU, BY: perhaps filtered on the way", Texts.English.Say(reason));
    }

    private static FingerprintMatch Match(FingerprintScope scope, string countries) =>
        new("print", scope, FingerprintLocation.Body, countries.Split(',', StringSplitOptions.RemoveEmptyEntries), IsShort: false, 10, 20);
}
