using System.Security.Cryptography;
using Monitoring.Advice;
using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.App.Hosting.Functions;
using Monitoring.App.Mailing;
using Monitoring.Availability;
using Monitoring.Availability.Ooni;
using Monitoring.Availability.Reports;
using Monitoring.Availability.Telling;
using Monitoring.Availability.Vantages;
using Monitoring.Blocking;
using Monitoring.Blocking.Fingerprints;
using Monitoring.Digests;
using Monitoring.Evidence;
using Monitoring.Feeds;
using Monitoring.Fetching;
using Monitoring.Items;
using Monitoring.Items.Stories;
using Monitoring.Names.Advice;
using Monitoring.Network;
using Monitoring.Network.Dns;
using Monitoring.Retention;
using Monitoring.Retention.Forgetting;
using Monitoring.Retention.Rules;
using Monitoring.Review;
using Monitoring.Storage;
using Monitoring.WatchedPages;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;
using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>Puts the rooms together. Reads as their table of contents; the same for every host.</summary>
internal static class Composition
{
    public static IServiceCollection AddMonitoring(this IServiceCollection services, Settings settings, OutsideWorld world)
    {
        foreach (var options in settings.All)
        {
            services.AddSingleton(options.GetType(), options);
        }

        services.AddSingleton(world).AddSingleton(world.Time).AddSingleton(world.Guard);
        services.AddSingleton<Func<double>>(Chance);
        return services
            .AddNetwork(settings, world)
            .AddWatchlist()
            .AddWork(world)
            .AddSources()
            .AddItems()
            .AddSites(settings, world)
            .AddMails(settings, world)
            .AddRetention()
            .AddTelemetry(settings)
            .AddSingleton<AuditLog>()
            .AddSingleton<RecipientDecisions>()
            .AddSingleton<Decisions>();
    }

    private static IServiceCollection AddNetwork(this IServiceCollection services, Settings settings, OutsideWorld world) => services
        .AddSingleton<IDialer>(new SocketDialer(world.Guard))
        .AddSingleton<IResolver>(settings.Get<NetworkOptions>().ResolverEndpoint is { } server
            ? new UdpResolver(server, settings.Get<ProbeOptions>().DnsTimeout, world.Time)
            : new SystemResolver())
        .AddSingleton(provider => NamedResolversOf(settings.Get<ProbeOptions>(), provider, world))
        .AddSingleton(new VantageProxies(settings.Vantages))
        .AddSingleton(provider => HttpTransport.Over(
            provider.GetRequiredService<IResolver>(), provider.GetRequiredService<IDialer>(), world.Guard, world.Trust, settings.Get<FetchingOptions>()));

    private static IServiceCollection AddWatchlist(this IServiceCollection services) => services
        .AddSingleton<WatchlistStore>()
        .AddSingleton<WatchlistReader>()
        .AddSingleton(provider => new WatchlistImport(provider.GetRequiredService<WatchlistStore>(), NewId));

    private static IServiceCollection AddWork(this IServiceCollection services, OutsideWorld world) => services
        .AddSingleton<DueIndex>()
        .AddSingleton<DueWork>()
        .AddSingleton<Roster>()
        .AddSingleton<JobLog>()
        .AddSingleton<PoisonStore>()
        .AddSingleton<JobRunner>()
        .AddSingleton<WatchLog>()
        .AddSingleton<OperatorMail>()
        .AddSingleton<MailFailures>()
        .AddSingleton(provider => new Heartbeat(MailTransports.Http(world.Trust), provider.GetRequiredService<HealthOptions>(), world.Time, provider.GetRequiredService<ILogger<Heartbeat>>()))
        .AddSingleton<Watchdog>()
        .AddSingleton<IKnock, CollectPoisonKnock>();

    private static IServiceCollection AddSources(this IServiceCollection services) => services
        .AddSingleton<CaptureBodies>()
        .AddSingleton<CaptureStore>()
        .AddSingleton<HostGate>()
        .AddSingleton<Fetcher>()
        .AddSingleton<SourceRoutes>()
        .AddSingleton<SourceStateStore>()
        .AddSingleton<PoliteFetch>()
        .AddSingleton<SourceIntake>()
        .AddSingleton<VisitClose>()
        .AddSingleton<ISourceReader, FeedSourceReader>()
        .AddSingleton<ISourceReader>(_ => new PageReader(FeedDate.Read))
        .AddSingleton<IWorkJob, VisitSourceJob>()
        .AddSingleton(new ArticleExtraction(FeedDate.Read))
        .AddSingleton<ArticleFetch>()
        .AddSingleton<ArticleReader>()
        .AddSingleton<ArticleLook>()
        .AddSingleton<IWorkJob, ReadArticleJob>()
        .AddSingleton<IKnock>(provider => ActivatorUtilities.CreateInstance<DueSourcesKnock>(provider, EntryKind.Feed))
        .AddSingleton<IKnock>(provider => ActivatorUtilities.CreateInstance<DueSourcesKnock>(provider, EntryKind.Page));

    private static IServiceCollection AddItems(this IServiceCollection services) => services
        .AddSingleton<ItemStore>()
        .AddSingleton<ItemVersions>()
        .AddSingleton<ArticleClaims>()
        .AddSingleton<Sightings>()
        .AddSingleton<FindingStore>()
        .AddSingleton<FlagStore>()
        .AddSingleton<Intake>()
        .AddSingleton<ListCompiler>()
        .AddSingleton<ListAdvisor>()
        .AddSingleton<ArticleStore>()
        .AddSingleton<ArticleAsking>()
        .AddSingleton<ArticleSweep>()
        .AddSingleton<ArticleWatch>()
        .AddSingleton<ItemJudge>()
        .AddSingleton<StoryStore>()
        .AddSingleton<StoryIndex>()
        .AddSingleton<StoryFiling>()
        .AddSingleton<StoryWindow>()
        .AddSingleton<StoryEditing>()
        .AddSingleton<StoryDecisions>()
        .AddSingleton(provider => new StoryTurn(provider.GetRequiredService<ILeases>(), NewId, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<Understanding>()
        .AddSingleton<ItemRematch>()
        .AddSingleton<RematchPlaceStore>()
        .AddSingleton<StoredSearch>()
        .AddSingleton<StoredItemsAge>()
        .AddSingleton<Rematch>()
        .AddSingleton<IWorkJob, UnderstandJob>()
        .AddSingleton<IKnock, HousekeepingKnock>();

    private static IServiceCollection AddSites(this IServiceCollection services, Settings settings, OutsideWorld world) => services
        .AddSingleton(provider => new VantageLines(
            new ProbeNetwork(provider.GetRequiredService<IResolver>(), provider.GetRequiredService<IDialer>(), world.Guard, world.Trust)
            {
                OtherResolvers = provider.GetRequiredService<NamedResolvers>().All,
            },
            provider.GetRequiredService<VantageProxies>(),
            settings.Get<ProbeOptions>(),
            world.Time))
        .AddSingleton<FingerprintStore>()
        .AddSingleton<IFingerprints, FingerprintLibrary>()
        .AddSingleton<MeasurementStore>()
        .AddSingleton<IVantageLines>(provider => provider.GetRequiredService<VantageLines>())
        .AddSingleton<FreshCanaries>()
        .AddSingleton<ICanaries, SharedCanaries>()
        .AddSingleton<NeighbourhoodStore>()
        .AddSingleton<ICheckMemory, CheckMemory>()
        .AddSingleton<SiteMeasuring>()
        .AddSingleton<SiteStateStore>()
        .AddSingleton<VantageStateStore>()
        .AddSingleton<EpisodeStore>()
        .AddSingleton<CheckHistory>()
        .AddSingleton<CheckDays>()
        .AddSingleton<AvailabilityReports>()
        .AddSingleton<CheckEvidence>()
        .AddSingleton<EpisodeAlerts>()
        .AddSingleton<CheckRecording>()
        .AddSingleton<IncidentStore>()
        .AddSingleton<IncidentWatch>()
        .AddSingleton<RoundRecording>()
        .AddSingleton<OoniClient>()
        .AddSingleton<OoniReading>()
        .AddSingleton<OoniStore>()
        .AddSingleton<OoniPlaceStore>()
        .AddSingleton<OoniAgreement>()
        .AddSingleton<IKnock, OoniKnock>()
        .AddSingleton<IWorkJob, CheckSiteJob>()
        .AddSingleton<IKnock, DueSitesKnock>();

    private static IServiceCollection AddMails(this IServiceCollection services, Settings settings, OutsideWorld world) => services
        .AddSingleton<AlertMail>()
        .AddSingleton<SensitiveMail>()
        .AddSingleton<DigestQueue>()
        .AddSingleton<Outbox>()
        .AddSingleton<ToldLog>()
        .AddSingleton<MailLane>()
        .AddSingleton<UnreviewedMails>()
        .AddSingleton(provider => new RecipientStates(provider.GetRequiredService<ITables>(), NewToken))
        .AddSingleton<AlertSending>()
        .AddSingleton<MailEvents>()
        .AddSingleton<TestMail>()
        .AddSingleton<AlertRouter>()
        .AddSingleton<DigestStore>()
        .AddSingleton<DigestReading>()
        .AddSingleton<DigestMail>()
        .AddSingleton<WeeklyMail>()
        .AddSingleton<DigestMails>()
        .AddSingleton<DigestComposing>()
        .AddSingleton<SourceHealthReport>()
        .AddSingleton<IMailTransport>(provider => ActivatorUtilities.CreateInstance<CountedTransport>(
            provider, MailTransports.Make(settings, world, provider.GetRequiredService<IResolver>(), provider.GetRequiredService<IDialer>())))
        .AddSingleton<IWorkJob, ComposeDigestJob>()
        .AddSingleton<IWorkJob, SendMailJob>()
        .AddSingleton<IKnock, SendDigestsKnock>()
        .AddSingleton<IKnock, SendAlertsKnock>();

    /// <summary>Traces and metrics, if the settings say where they go. Commands start no hosted services and send none.</summary>
    private static IServiceCollection AddTelemetry(this IServiceCollection services, Settings settings) => settings.Get<Exporting.TelemetryOptions>().OtlpEndpoint is null
        ? services
        : services.AddHostedService<Exporting.TelemetryExport>().AddHostedService<Exporting.QueueGauges>();

    /// <summary>The rules in the order of a pass: items before the captures they name.</summary>
    private static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton<ItemRemoval>()
        .AddSingleton<CaptureRemoval>()
        .AddSingleton<ItemClearing>()
        .AddSingleton<IRetentionRule, ItemRule>()
        .AddSingleton<IRetentionRule, StoryRule>()
        .AddSingleton<IRetentionRule, CaptureRule>()
        .AddSingleton<IRetentionRule, MeasurementRule>()
        .AddSingleton<IRetentionRule, CheckHourRule>()
        .AddSingleton<IRetentionRule, OoniRule>()
        .AddSingleton<IRetentionRule, MailRule>()
        .AddSingleton<IRetentionRule, DigestRule>()
        .AddSingleton<IRetentionRule, RetiredRule>()
        .AddSingleton(provider => new ForgottenTraces(provider.GetRequiredService<ITables>(), NewId, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IForgetStep, ListStep>()
        .AddSingleton<IForgetStep, ItemStep>()
        .AddSingleton<IForgetStep, DigestQueueStep>()
        .AddSingleton<IForgetStep, RecipientStep>()
        .AddSingleton<IForgetStep, MailStep>()
        .AddSingleton<IForgetStep, RowStep>()
        .AddSingleton<IForgetStep, PoisonStep>()
        .AddSingleton<IForgetStep, CaptureStep>()
        .AddSingleton<PersonForgetting>()
        .AddSingleton<RetentionPass>()
        .AddSingleton<RetentionPlaceStore>()
        .AddSingleton<IKnock, RetentionKnock>();

    private static NamedResolvers NamedResolversOf(ProbeOptions options, IServiceProvider provider, OutsideWorld world) => NamedResolvers.Make(
        NamedResolvers.Parse(options.Resolvers, out _),
        DohTransport.Make(provider.GetRequiredService<IResolver>(), provider.GetRequiredService<IDialer>(), world.Trust),
        options.DnsTimeout,
        world.Time);

    private static double Chance() => RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000.0;

    /// <summary>As hard to guess as a key of 160 bits.</summary>
    private static string NewToken() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 32);

    /// <summary>16 letters and digits: opaque, and as good as unique.</summary>
    /// <summary>An id for an entry of the watch list.</summary>
    public static string NewId() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 16);
}
