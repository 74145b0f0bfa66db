using Monitoring.Watchlist;

namespace Monitoring.Names.Outlets;

/// <summary>
/// Finds the listed outlets in a text: by their domains, and by their titles in any case and script. A title of one word, and one that is an everyday phrase,
/// needs something that says that an outlet is meant. Immutable.
/// </summary>
internal sealed class OutletFinder
{
    private const int Domain = 95;
    private const int MailAddress = 70;
    private const int ManyWords = 80;
    private const int OneWord = 45;
    private const int CommonWord = 40;
    private const int Quoted = 25;
    private const int CapitalInside = 20;
    private const int CapitalOfMany = 15;
    private const int Tagged = 20;
    private const int BesideOutletWord = 30;
    private const int DomainInDocument = 40;
    private const int SmallMany = -25;
    private const int SmallOne = -15;
    private const int SmallCommon = -40;

    private readonly IReadOnlyList<Outlet> _outlets;
    private readonly HostScan _hosts = new();
    private readonly TitleScan _titles;

    public OutletFinder(IEnumerable<Outlet> outlets)
    {
        _outlets = [.. outlets];
        foreach (var (number, outlet) in _outlets.Index())
        {
            foreach (var domain in outlet.Domains.Concat(outlet.Aliases.Select(alias => alias.Name).Prepend(outlet.Name).Where(HostName.IsOne)))
            {
                _hosts.Add(number, domain);
            }
        }

        _titles = new TitleScan(_outlets.Index().SelectMany(outlet => TitlesOf(outlet.Index, outlet.Item)));
    }

    public IEnumerable<Mention> Find(string text)
    {
        var hosts = _hosts.Find(text);
        var domains = hosts.DistinctBy(host => host.Outlet).ToDictionary(host => host.Outlet, host => host.Listed);
        return hosts.Select(host => OfHost(text, host))
            .Concat(_titles.Find(text).Where(hit => !IsPartOfLonger(text, hit)).Select(hit => OfTitle(text, hit, domains.GetValueOrDefault(hit.Title.Outlet))))
            .GroupBy(mention => (mention.SubjectId, mention.Start, mention.Length))
            .Select(same => same.MaxBy(mention => mention.Score)!);
    }

    private static IEnumerable<ListedTitle> TitlesOf(int number, Outlet outlet) =>
        outlet.Aliases.Prepend(new Alias(outlet.Name, Source: null)).Where(alias => !HostName.IsOne(alias.Name)).SelectMany(alias => ListedTitle.Of(number, alias.Name, alias.Source));

    private Mention OfHost(string text, HostHit host)
    {
        var isDomain = _outlets[host.Outlet].Domains.Contains(host.Listed);
        List<Reason> reasons = [isDomain ? Reason.Of("reason.listed_source", host.Listed, "@reason.domain") : Reason.Of("reason.listed", host.Listed)];
        if (host.IsMail)
        {
            reasons.Add(Reason.Of("reason.mail_address"));
        }

        return Judge(text, host.Outlet, host.Start, host.End, host.IsMail ? MailAddress : Domain, reasons);
    }

    private Mention OfTitle(string text, TitleHit hit, string? domain)
    {
        var (title, context) = (hit.Title, TitleContext.Of(text, hit));
        var isCommon = TitleContext.IsCommon(title.Spelling);
        var needsMore = isCommon || title.IsOneWord;
        var reasons = new List<Reason> { title.Source is null ? Reason.Of("reason.listed", title.Spelling) : Reason.Of("reason.listed_source", title.Spelling, title.Source) };
        reasons.AddRange(hit.Words.Where(word => word.Ending is not null).Select(word => Reason.Of("reason.ending", $"{word.Stem} + {word.Rest}", "@ending." + word.Ending!.Name)));
        var score = isCommon ? CommonWord : title.IsOneWord ? OneWord : ManyWords;
        score += Add(reasons, context.IsQuoted, Quoted, Reason.Of("reason.quoted"));
        score += Add(reasons, needsMore && context.IsInsideSentence && !context.IsQuoted, CapitalInside, Reason.Of("reason.capital_inside"));
        score += Add(reasons, context.IsTagged, Tagged, Reason.Of("reason.tagged"));
        score += Add(reasons, context.OutletWord is not null, BesideOutletWord, Reason.Of("reason.outlet_word", context.OutletWord ?? ""));
        score += Add(reasons, domain is not null, DomainInDocument, Reason.Of("reason.context", domain ?? ""));
        var isSmall = title.IsCapital && !context.IsCapital && !context.IsTagged;
        score += Add(reasons, isSmall, isCommon ? SmallCommon : title.IsOneWord ? SmallOne : SmallMany, Reason.Of("reason.small_letter"));
        score += isSmall || needsMore ? 0 : CapitalOfMany;
        Add(reasons, isCommon, 0, Reason.Of("reason.common_title"));
        Add(reasons, hit.Repaired is not null, 0, Reason.Of("reason.disguised", hit.Repaired ?? ""));
        return Judge(text, title.Outlet, hit.Start, hit.End, score, reasons);
    }

    private static int Add(List<Reason> reasons, bool holds, int score, Reason reason)
    {
        if (!holds)
        {
            return 0;
        }

        reasons.Add(reason);
        return score;
    }

    /// <summary>One word that a hyphen joins with another name: Стан-ТВ. Small letters after it are an ending.</summary>
    private static bool IsPartOfLonger(string text, TitleHit hit)
    {
        var isAfter = hit.End + 1 < text.Length && NameGap.IsHyphen(text[hit.End]) && char.IsUpper(text[hit.End + 1]);
        var isBefore = hit.Start >= 2 && NameGap.IsHyphen(text[hit.Start - 1]) && TitleToken.Before(text, hit.Start - 1) is { } word && word.End == hit.Start - 1 && char.IsUpper(text[word.Start]);
        return hit.Title.IsOneWord && (isAfter || isBefore);
    }

    private Mention Judge(string text, int outlet, int start, int end, int score, IReadOnlyList<Reason> reasons)
    {
        var entry = _outlets[outlet];
        return new Mention(SubjectKind.Outlet, entry.Id, entry.Name, start, end - start, text[start..end], Mention.BandOf(score), reasons) { Score = score };
    }
}
