using Monitoring.Alerts.Delivery;

namespace Monitoring.App.Mailing;

/// <summary>Counts what a transport does, and says in the log what did not leave the house; never to whom it should have gone.</summary>
internal sealed partial class CountedTransport(IMailTransport transport, ILogger<CountedTransport> logger) : IMailTransport
{
    public string Name => transport.Name;

    public bool IsIdempotent => transport.IsIdempotent;

    public async Task<DeliveryResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var result = await transport.SendAsync(mail, cancellationToken);
        switch (result)
        {
            case DeliveryResult.Failed failed:
                Count("failed");
                LogNotSent(mail.Id, failed.Reason);
                break;
            case DeliveryResult.Refused refused:
                Count("refused");
                LogNotSent(mail.Id, refused.Reason);
                break;
            case DeliveryResult.Unknown unknown:
                Count("unknown");
                LogNotSent(mail.Id, "nobody knows whether it was taken, " + unknown.Reason);
                break;
            default:
                Count("sent");
                break;
        }

        return result;
    }

    private static void Count(string outcome) => Telemetry.Mails.Add(1, Telemetry.Tag(Telemetry.Outcome, outcome));

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {Mail} could not be sent: {Reason}")]
    private partial void LogNotSent(string mail, string reason);
}
