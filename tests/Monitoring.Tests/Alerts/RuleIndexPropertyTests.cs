using FsCheck;
using FsCheck.Fluent;
using Monitoring.Alerts;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Alerts;

/// <summary>The index finds whom asking everybody finds, in the same order.</summary>
public sealed class RuleIndexPropertyTests
{
    private static readonly Gen<IReadOnlyList<string>> Subjects = Lists("person-1", "person-2", "outlet-1", "site-1");
    private static readonly Gen<IReadOnlyList<string>> Violations = Lists("DETENTION", "FINE", "TRIAL");
    private static readonly Gen<IReadOnlyList<string>> Languages = Lists("kk", "ru");
    private static readonly Gen<IReadOnlyList<string>> Countries = Lists("KZ", "KG", "UZ");
    private static readonly Gen<bool> Flag = Gen.Elements(true, false);
    private static readonly Gen<Severity> Severities = Gen.Elements(Enum.GetValues<Severity>());

    private static readonly Gen<TellingRule> Rule =
        from times in Gen.Elements(Enum.GetValues<TellingTime>())
        from about in Gen.Elements(Enum.GetValues<TellingScope>())
        from severity in Severities
        from subjects in Subjects
        from violations in Violations
        from languages in Languages
        from countries in Countries
        select new TellingRule { When = times, About = about, Severity = severity, Subjects = subjects, Violations = violations, Languages = languages, Countries = countries };

    private static readonly Gen<Recipient> OneRecipient =
        from digest in Gen.Elements<TimeOnly?>(null, new TimeOnly(9, 0))
        from weekly in Flag
        from atOnce in Gen.Elements<Severity?>(null, Severity.Medium, Severity.High)
        from sites in Flag
        from only in Subjects
        from countries in Countries
        from follow in Gen.Frequency((3, Gen.Constant<IReadOnlyList<string>>([])), (1, Subjects))
        from sensitive in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from rules in Gen.ListOf(Rule, 3)
        from count in Gen.Choose(0, 3)
        select People.Reader() with
        {
            Digest = digest,
            Weekly = weekly && digest is not null ? DayOfWeek.Monday : null,
            AtOnce = atOnce,
            Sites = sites,
            Only = only,
            Countries = countries,
            Follow = follow,
            Sensitive = sensitive,
            Rules = [.. rules.Take(count).Where(rule => digest is not null || rule.When is not (TellingTime.Daily or TellingTime.Weekly))],
        };

    private static readonly Gen<AlertRecord> Record =
        from isItem in Flag
        from severity in Severities
        from subjects in Subjects
        from violations in Violations
        from language in Gen.Elements<string?>(null, "kk", "ru", "en")
        from country in Gen.Elements<string?>(null, "KZ", "KG")
        from concernsAll in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from mayBeImmediate in Gen.Frequency((1, Gen.Constant(false)), (3, Gen.Constant(true)))
        select (isItem ? People.Item() : People.Site()) with
        {
            Severity = severity,
            Subjects = subjects,
            Violations = isItem ? violations : [],
            Language = isItem ? language : null,
            Country = country,
            ConcernsAll = concernsAll,
            MayBeImmediate = mayBeImmediate,
        };

    [Fact]
    public void Everybody_is_found_whom_asking_everybody_finds() =>
        Prop.ForAll(Gen.Zip(OneRecipient.ListOf(), Gen.ListOf(Record, 10)).ToArbitrary(), pair =>
        {
            Recipient[] recipients = [.. pair.Item1.Index().Select(place => place.Item with { Id = $"recipient-{place.Index}" })];
            var index = RuleIndex.Of(recipients);
            Assert.All(pair.Item2, record => Assert.Equal(NaiveRules.Match(recipients, record), index.Match(record).Select(Said)));
        }).QuickCheckThrowOnFailure();

    private static (string Recipient, string Told) Said(Routing routing)
    {
        (bool Is, TellingTime When)[] times =
        [
            (routing.AtOnce, TellingTime.AtOnce),
            (routing.WhenReviewed, TellingTime.Reviewed),
            (routing.Hourly, TellingTime.Hourly),
            (routing.Daily, TellingTime.Daily),
            (routing.Weekly, TellingTime.Weekly),
        ];
        return (routing.Recipient.Id, string.Join(' ', times.Where(time => time.Is).Select(time => time.When)));
    }

    private static Gen<IReadOnlyList<string>> Lists(params string[] values) =>
        Gen.Frequency((1, Gen.Constant<IReadOnlyList<string>>([])), (1, Gen.SubListOf(values).Select(IReadOnlyList<string> (list) => [.. list])));
}
