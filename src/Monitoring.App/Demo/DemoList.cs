using System.Text;

namespace Monitoring.App.Demo;

/// <summary>Writes the demo's watch list: the file a user would write, about this world.</summary>
internal static class DemoList
{
    public const string Mobile = "Almaty mobile";
    public const string Broadband = "Astana broadband";
    public const string Direct = "Direct";

    /// <summary>The recipients by name, with what each wants: at once from which severity, sites or not, only about these subjects.</summary>
    public static IReadOnlyList<(string Name, string Language, string Zone, string AtOnce, bool Sites, string[] Only)> Recipients { get; } =
    [
        ("Demo desk", "en", "Europe/London", "high", true, []),
        ("Демо-редакция", "ru", "Asia/Almaty", "critical", false, []),
        ("Демо оқырман", "kk", "Asia/Almaty", "high", true, ["Дала толқыны", "Мирас Кыранбеков"]),
    ];

    /// <param name="every">Between visits, and between checks.</param>
    /// <param name="digestAt">When the digests of all recipients are due.</param>
    public static string Write(DemoWorld world, TimeSpan every, DateTimeOffset digestAt)
    {
        var text = new StringBuilder("""
            # The demo's watch list. All people, outlets and sites in it are invented.
            version: 1
            country: KZ
            persons:
              - name: Айсулу Бозторгаева
                gender: female
                aliases:
                  - name: Айсұлу Бозторғаева
                    source: her own page, in Kazakh
                  - name: Aisulu Boztorgayeva
                    source: passport
                context: [журналист, Степной вестник]
              - name: Мирас Кыранбеков
                gender: male
                aliases: [Мирас Қыранбеков, Miras Kyranbekov]
              - name: Элеонора Штернке
                gender: female
                aliases: [Eleonora Shternke]
                note: invented, as everybody here
              - name: Данияр Сарытерек
                gender: male
                aliases: [Daniyar Saryterek]
              - name: Жанель Кокпарова
                gender: female
                aliases: [Жанель Көкпарова, Zhanel Kokparova]
            outlets:
              - name: Степной вестник
                domains: [stepnoy-vestnik.test]
              - name: Дала толқыны
                domains: [dala-tolqyny.test]
              - name: Qum Press
                domains: [qum-press.test]
            topics:
              - name: Detention
                severity: critical
                keywords: ["задержан*", "задержал*", "взят под стражу", ұсталды, қамауға, detained, arrested]
              - name: Search
                severity: critical
                keywords: ["обыск*", тінту, "searched the flat"]
              - name: Attack
                severity: critical
                keywords: ["избит*", "избил*", "напал*", "шабуыл жасалды", assaulted]
              - name: Trial
                severity: high
                keywords: [приговор, "осужден*", сотталды, sentenced]
              - name: Blocking
                severity: high
                keywords: ["заблокирован*", бұғатталды, "access blocked"]

            """);
        Line(text, "feeds:");
        foreach (var (feed, name) in DemoPress.Sources.Where(source => source.Key != DemoPress.Page))
        {
            Line(text, $"  - name: \"{name}\"");
            Line(text, $"    url: \"http://{feed}.test:{world.PressPort}/\"");
            Line(text, $"    languages: [{feed[..2]}]");
            Line(text, $"    every: \"{every:c}\"\n    fullText: false");
            if (feed is "ru-rss")
            {
                Line(text, "    outlet: Степной вестник");
            }
        }

        Line(text, "pages:");
        Line(text, $"  - name: \"{DemoPress.Sources[DemoPress.Page]}\"\n    url: \"http://{DemoPress.Page}.test:{world.PressPort}/\"\n    select: ul.news\n    every: \"{every:c}\"\n    fullText: false");
        Line(text, "sites:");
        foreach (var site in DemoSite.All)
        {
            Line(text, $"  - name: {site.Name}\n    url: \"{world.UrlOf(site).OriginalString}\"\n    every: \"{every:c}\"");
            if (site.Outlet is not null)
            {
                Line(text, $"    outlet: {site.Outlet}");
            }
        }

        WriteVantages(text, world);
        WriteRecipients(text, digestAt);
        return text.ToString();
    }

    private static void WriteVantages(StringBuilder text, DemoWorld world)
    {
        Line(text, "vantages:");
        Line(text, $"  - name: {Direct}\n    via: direct");
        Line(text, $"  - name: {Mobile}\n    via: proxy\n    network: AS64500 Demo Mobile\n    proxy: \"{world.Mobile.Address}\"\n    canary: \"{world.Canary}\"");
        Line(text, $"  - name: {Broadband}\n    via: proxy\n    network: AS64501 Demo Broadband\n    proxy: \"{world.Broadband.Address}\"\n    resolver: \"{world.LyingResolver.Endpoint}\"\n    canary: \"{world.Canary}\"");
    }

    private static void WriteRecipients(StringBuilder text, DateTimeOffset digestAt)
    {
        Line(text, "recipients:");
        foreach (var (recipient, index) in Recipients.Select((recipient, index) => (recipient, index)))
        {
            var local = TimeZoneInfo.ConvertTime(digestAt, TimeZoneInfo.FindSystemTimeZoneById(recipient.Zone));
            Line(text, $"  - name: {recipient.Name}\n    address: reader{index + 1}@demo.invalid\n    language: {recipient.Language}\n    timeZone: {recipient.Zone}");
            Line(text, $"    digest: \"{local:HH:mm:ss}\"\n    atOnce: {recipient.AtOnce}\n    sites: {(recipient.Sites ? "true" : "false")}");
            if (recipient.Only.Length > 0)
            {
                Line(text, $"    only: [{string.Join(", ", recipient.Only)}]");
            }
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
