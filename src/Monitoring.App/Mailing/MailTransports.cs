using System.Net;
using System.Net.Security;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Hosting;
using Monitoring.Network;

namespace Monitoring.App.Mailing;

/// <summary>The transport that the settings name.</summary>
internal static class MailTransports
{
    private const int MaxHeaderKilobytes = 32;

    public static IMailTransport Make(Settings settings, OutsideWorld world, IResolver resolver, IDialer dialer)
    {
        var options = settings.Get<MailOptions>();
        return options.Transport switch
        {
            MailTransportKind.Smtp => new SmtpTransport(resolver, dialer, world.Trust, options, world.Time),
            MailTransportKind.SendGrid => new SendGridTransport(Http(world.Trust), options, world.Time),
            _ => new PickupTransport(DataFolder.PickupFolder(settings)),
        };
    }

    /// <summary>No redirects, no cookies, and no connection that is used twice.</summary>
    public static HttpMessageInvoker Http(TrustPolicy trust) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust.ForHandshake() },
    });
}
