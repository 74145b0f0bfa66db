using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitoring.App.Demo;
using Monitoring.App.Mailing;
using Monitoring.EndToEnd.Support;
using Monitoring.Storage.AzureStorage;

namespace Monitoring.EndToEnd.FunctionsHost;

/// <summary>A busy press, and the hosted app that watches it.</summary>
internal sealed class HostedPress : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The provider that tells of mails signs with it.</summary>
    private static readonly ECDsa Provider = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private readonly DemoAuthority _authority;
    private readonly BusyPress _press;
    private int _feeds;

    private HostedPress(DemoAuthority authority, BusyPress press, HostedApp app) => (_authority, _press, App) = (authority, press, app);

    public HostedApp App { get; }

    public int Visits => _press.Visits.Values.Sum();

    /// <param name="feeds">On the watch list from the start.</param>
    public static async Task<HostedPress> StartAsync(int feeds)
    {
        var (authority, press) = (new DemoAuthority(DateTimeOffset.UtcNow), await BusyPress.StartAsync());
        var world = new HostedPress(authority, press, await HostedApp.CreateAsync(Values(press), authority.Root.ExportCertificatePem()));
        if (feeds > 0)
        {
            await world.ListAsync(feeds);
        }

        return world;
    }

    /// <summary>From now on so many feeds are on the watch list.</summary>
    public Task ListAsync(int feeds)
    {
        _feeds = feeds;
        return App.ImportAsync(_press.WriteList(feeds));
    }

    public Task<HostStandIn> HostAsync(TimeSpan? functionTimeout = null, Predicate<QueueMessage>? isDeadly = null) => App.HostAsync(functionTimeout ?? Minute, isDeadly);

    /// <summary>The next visitor of the feed waits for an answer until it gives up.</summary>
    public void HangOnce(int feed) => _press.HangOnce($"feed{feed}.test");

    public async Task DoneAsync(HostStandIn host, TimeSpan atMost, Action<PressTally> look)
    {
        PressTally? tally = null;
        await Eventually.Async(
            async () =>
            {
                await host.CheckAsync();
                tally = await PressTally.TakeAsync(App.Station, _feeds);
                if (!tally.IsDone)
                {
                    look(tally);
                }

                return tally.IsDone;
            },
            atMost,
            () => $"all visits: {tally}\n{host.Output}");
    }

    public Task AssertOnceAsync() => PressTally.AssertOnceAsync(App.Station, App.Folder, _feeds);

    /// <summary>What a provider tells of a mail, signed as it does.</summary>
    public static Task<HttpResponseMessage> TellAsync(HostStandIn host, string body)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(Provider.SignData(Encoding.UTF8.GetBytes(timestamp + body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        return host.PostAsync(
            "/webhooks/sendgrid", new StringContent(body, Encoding.UTF8, "application/json"), (SendGridSignature.SignatureHeader, signature), (SendGridSignature.TimestampHeader, timestamp));
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _press.DisposeAsync();
        _authority.Dispose();
    }

    private static Dictionary<string, string?> Values(BusyPress press) => new()
    {
        ["Network__Resolver"] = press.Resolver.Endpoint.ToString(),
        ["Functions__Deadline"] = "00:00:40",
        ["Mail__SendGridWebhookKey"] = Convert.ToBase64String(Provider.ExportSubjectPublicKeyInfo()),

        // A visit that was cut off may be tried again at once: waiting for its turn makes a new message, with a fresh count.
        ["Fetching__HostInterval"] = "00:00:00.1",

        // Longer than the shortest timeout of the host. Who died on a visit keeps its turn with the feed's host for so long.
        ["Fetching__Timeout"] = "00:00:15",

        // What takes minutes in the world, takes seconds here.
        ["Work__ClaimFor"] = "00:00:30",
        ["Alerts__SendingAtMost"] = "00:00:10",
        ["Knocks__PollFeeds"] = "*/2 * * * * *",
        ["Knocks__VisitPages"] = "*/20 * * * * *",
        ["Knocks__CheckSites"] = "*/20 * * * * *",
        ["Knocks__SendAlerts"] = "*/5 * * * * *",
        ["Knocks__SendDigests"] = "*/20 * * * * *",
        ["Knocks__Housekeeping"] = "*/10 * * * * *",
        ["Knocks__Retention"] = "0 20 2 * * *",
        ["Knocks__CollectPoison"] = "*/10 * * * * *",
        ["Knocks__ReadOoni"] = "30 */10 * * * *",
    };
}
