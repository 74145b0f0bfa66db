namespace Monitoring.Watchlist.Files;

/// <summary>The written form of one kind of entry: how its fields are called, read and written. One value per kind; a new kind is one more.</summary>
internal sealed class EntryForm
{
    private readonly Func<FieldReader, Entry> _read;
    private readonly Action<Entry, FieldWriter> _write;
    private readonly Func<Entry, string> _identity;

    private EntryForm(EntryKind kind, string section, Func<FieldReader, Entry> read, Action<Entry, FieldWriter> write, Func<Entry, string>? identity = null)
    {
        (Kind, Section, _read, _write) = (kind, section, read, write);
        _identity = identity ?? (entry => entry.Name);
    }

    /// <summary>In the order of the file.</summary>
    public static IReadOnlyList<EntryForm> All { get; } = [Persons(), Outlets(), Topics(), Feeds(), Pages(), Sites(), Vantages(), Recipients()];

    public EntryKind Kind { get; }

    /// <summary>The name of its list in the file.</summary>
    public string Section { get; }

    public static EntryForm Of(EntryKind kind) => All[(int)kind];

    /// <summary>What tells two entries of this kind apart where they have no id: its address, or its name.</summary>
    public string Identity(Entry entry) => _identity(entry);

    /// <param name="id">For an entry without one.</param>
    /// <param name="country">The file's own; for an entry without one.</param>
    public Entry Read(FieldReader fields, string id, string? country)
    {
        var entry = _read(fields) with { Id = fields.Id() ?? id, Country = fields.Country() ?? country, Note = fields.Note() };
        fields.End();
        return entry;
    }

    public Node.Map Write(Entry entry)
    {
        var fields = new FieldWriter().Text("id", entry.Id.Length > 0 ? entry.Id : null).Text("name", entry.Name);
        _write(entry, fields);
        return fields.Text("country", entry.Country).Text("note", entry.Note).Map;
    }

    private static EntryForm Persons() => Form<Person>(
        EntryKind.Person,
        "persons",
        fields => new Person
        {
            Id = "",
            Name = fields.Text("name"),
            Aliases = fields.Aliases("aliases"),
            Gender = fields.Choice<Gender>("gender") ?? Gender.Unknown,
            Context = fields.Texts("context"),
            Evidence = EvidenceField.Read(fields),
        },
        (person, fields) => fields
            .Aliases("aliases", person.Aliases)
            .Choice<Gender>("gender", person.Gender == Gender.Unknown ? null : person.Gender)
            .Texts("context", person.Context)
            .Text(EvidenceField.Name, EvidenceField.Word(person.Evidence)));

    private static EntryForm Outlets() => Form<Outlet>(
        EntryKind.Outlet,
        "outlets",
        fields => new Outlet { Id = "", Name = fields.Text("name"), Aliases = fields.Aliases("aliases"), Domains = fields.Domains("domains") },
        (outlet, fields) => fields.Aliases("aliases", outlet.Aliases).Texts("domains", outlet.Domains));

    private static EntryForm Topics() => Form<Topic>(
        EntryKind.Topic,
        "topics",
        fields =>
        {
            var query = fields.TextOrNull("query", Topic.LongestQuery);
            return new Topic
            {
                Id = "",
                Name = fields.Text("name"),
                Keywords = query is null ? fields.NeedTexts("keywords") : fields.Texts("keywords"),
                Query = query,
                Severity = fields.Choice<Severity>("severity") ?? Severity.Medium,
            };
        },
        (topic, fields) => fields.Texts("keywords", topic.Keywords).Text("query", topic.Query).Choice<Severity>("severity", topic.Severity));

    private static EntryForm Feeds() => Form<FeedSource>(
        EntryKind.Feed,
        "feeds",
        fields => new FeedSource
        {
            Id = "",
            Name = fields.Text("name"),
            Url = fields.NeedUrl("url"),
            Outlet = fields.TextOrNull("outlet"),
            Languages = fields.Languages("languages"),
            Every = Every(fields),
            Pause = Pause(fields),
            FullText = fields.Flag("fullText") ?? true,
            Via = fields.TextOrNull("via"),
            Intermediate = fields.Certificate("intermediate"),
        },
        WriteSource,
        source => source.Url.AbsoluteUri);

    private static EntryForm Pages() => Form<PageSource>(
        EntryKind.Page,
        "pages",
        fields => new PageSource
        {
            Id = "",
            Name = fields.Text("name"),
            Url = fields.NeedUrl("url"),
            Outlet = fields.TextOrNull("outlet"),
            Languages = fields.Languages("languages"),
            Every = Every(fields),
            Pause = Pause(fields),
            FullText = fields.Flag("fullText") ?? true,
            Via = fields.TextOrNull("via"),
            Intermediate = fields.Certificate("intermediate"),
            Select = fields.Selector("select"),
            Watch = fields.Choice<PageWatch>("watch") ?? PageWatch.Links,
        },
        (page, fields) =>
        {
            WriteSource(page, fields);
            fields.Text("select", page.Select).Choice<PageWatch>("watch", page.Watch == PageWatch.Links ? null : page.Watch);
        },
        source => source.Url.AbsoluteUri);

    private static EntryForm Sites() => Form<Site>(
        EntryKind.Site,
        "sites",
        fields => new Site
        {
            Id = "",
            Name = fields.Text("name"),
            Url = fields.NeedUrl("url"),
            Outlet = fields.TextOrNull("outlet"),
            Every = Every(fields),
            OpenAfter = fields.Count("openAfter", Site.FewestChecks, Site.MostChecks),
            CloseAfter = fields.Count("closeAfter", Site.FewestChecks, Site.MostChecks),
            Maintenance = MaintenanceField.Read(fields),
        },
        (site, fields) =>
        {
            fields.Url("url", site.Url).Text("outlet", site.Outlet).Duration("every", site.Every).Count("openAfter", site.OpenAfter).Count("closeAfter", site.CloseAfter);
            MaintenanceField.Write(site.Maintenance, fields);
        },
        site => site.Url.AbsoluteUri);

    private static EntryForm Vantages() => Form<Vantage>(
        EntryKind.Vantage,
        "vantages",
        fields => new Vantage
        {
            Id = "",
            Name = fields.Text("name"),
            Via = fields.Choice<VantageKind>("via") ?? VantageKind.Direct,
            Proxy = fields.Proxy("proxy"),
            Resolver = fields.Endpoint("resolver"),
            Network = fields.TextOrNull("network"),
            Canary = fields.Url("canary"),
        },
        (vantage, fields) => fields
            .Choice<VantageKind>("via", vantage.Via)
            .Url("proxy", vantage.Proxy)
            .Text("resolver", vantage.Resolver)
            .Text("network", vantage.Network)
            .Url("canary", vantage.Canary));

    private static EntryForm Recipients() =>
        Form<Recipient>(EntryKind.Recipient, "recipients", RecipientForm.Read, RecipientForm.Write, recipient => recipient.Address.ToLowerInvariant());

    private static void WriteSource(Source source, FieldWriter fields) =>
        fields.Url("url", source.Url).Text("outlet", source.Outlet).Texts("languages", source.Languages)
            .Duration("every", source.Every).Duration("pause", source.Pause).Flag("fullText", source.FullText ? null : false).Text("via", source.Via).Text("intermediate", source.Intermediate);

    private static TimeSpan? Every(FieldReader fields) => fields.Duration("every", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));

    private static TimeSpan? Pause(FieldReader fields) => fields.Duration("pause", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

    private static EntryForm Form<T>(EntryKind kind, string section, Func<FieldReader, T> read, Action<T, FieldWriter> write, Func<T, string>? identity = null)
        where T : Entry =>
        new(kind, section, read, (entry, fields) => write((T)entry, fields), identity is null ? null : entry => identity((T)entry));
}
