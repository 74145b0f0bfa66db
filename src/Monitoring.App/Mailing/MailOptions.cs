using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Monitoring.App.Mailing;

/// <summary>How mail leaves the house.</summary>
internal enum MailTransportKind
{
    /// <summary>Each mail becomes an <c>.eml</c> file in a folder.</summary>
    Pickup,

    /// <summary>A mail server takes it (RFC 5321).</summary>
    Smtp,

    /// <summary>Twilio SendGrid takes it, by its HTTP interface v3.</summary>
    SendGrid,
}

internal enum SmtpSecurity
{
    /// <summary>The connection is plain until STARTTLS (RFC 3207); a server without it gets no mail.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,

    /// <summary>No TLS: for a server on this machine.</summary>
    None,
}

/// <summary>Where SendGrid keeps what it is given.</summary>
internal enum SendGridRegion
{
    Global,
    Eu,
}

/// <summary>How mail leaves the house. Section <c>Mail</c>.</summary>
internal sealed class MailOptions : IValidatableObject
{
    public MailTransportKind Transport { get; set; } = MailTransportKind.Pickup;

    /// <summary>The folder of the pickup transport; made if absent. Empty: <c>mail</c> in the data folder.</summary>
    public string PickupFolder { get; set; } = "";

    /// <summary>Longest time for one attempt, from the connection to the answer. Default 60 s; below <c>Alerts__SendingAtMost</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:04:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The mail server's name or address.</summary>
    public string SmtpHost { get; set; } = "";

    /// <summary>587 with STARTTLS, 465 with TLS, 25 without. Default 587.</summary>
    [Range(1, 65535)]
    public int SmtpPort { get; set; } = 587;

    public SmtpSecurity SmtpSecurity { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Empty: nobody signs in.</summary>
    public string SmtpUser { get; set; } = "";

    /// <summary>A secret.</summary>
    public string SmtpPassword { get; set; } = "";

    /// <summary>SendGrid's API key, with the right to send mail. A secret.</summary>
    public string SendGridKey { get; set; } = "";

    public SendGridRegion SendGridRegion { get; set; } = SendGridRegion.Global;

    /// <summary>Mails are checked and not delivered.</summary>
    public bool SendGridSandbox { get; set; }

    /// <summary>Another address than the region's own, for a server that stands in for SendGrid. Empty: the region's.</summary>
    public Uri? SendGridUrl { get; set; }

    /// <summary>The public key by which SendGrid signs what it tells of mails, in base64 as it shows it. Empty: nothing it tells is taken.</summary>
    public string SendGridWebhookKey { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Transport is MailTransportKind.Smtp && SmtpHost.Length == 0)
        {
            yield return new ValidationResult("The name of the mail server is expected, because Mail__Transport is Smtp.", [nameof(SmtpHost)]);
        }

        if (SmtpUser.Length > 0 && SmtpSecurity is SmtpSecurity.None && SmtpHost != "localhost" && !(IPAddress.TryParse(SmtpHost, out var address) && IPAddress.IsLoopback(address)))
        {
            yield return new ValidationResult("StartTls or Tls is expected: a password is sent without them to a server on this machine only.", [nameof(SmtpSecurity)]);
        }

        if (SendGridKey.StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal))
        {
            yield return new ValidationResult("The platform did not resolve its reference to a key vault: does the secret exist, and may the app read it?", [nameof(SendGridKey)]);
        }

        if (Transport is MailTransportKind.SendGrid && SendGridKey.Length == 0)
        {
            yield return new ValidationResult("SendGrid's API key is expected, because Mail__Transport is SendGrid.", [nameof(SendGridKey)]);
        }

        if (SendGridUrl is { } url && (!url.IsAbsoluteUri || (url.Scheme != "https" && !(url.Scheme == "http" && url.IsLoopback))))
        {
            yield return new ValidationResult("An address https://… is expected.", [nameof(SendGridUrl)]);
        }

        if (SendGridWebhookKey.Length > 0 && !SendGridSignature.IsKey(SendGridWebhookKey))
        {
            yield return new ValidationResult("A public key of the curve P-256 is expected, in base64 as SendGrid shows it.", [nameof(SendGridWebhookKey)]);
        }
    }
}
