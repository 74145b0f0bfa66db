namespace Monitoring.Alerts.Delivery;

/// <param name="Id">Ours; the same for every attempt, and the local part of the Message-ID.</param>
/// <param name="Html">One document with inline styles.</param>
/// <param name="CreatedAt">The mail's Date.</param>
public sealed record OutgoingMail(
    string Id, string From, string FromName, string To, string ToName, string Subject, string Text, string Html, string Language, DateTimeOffset CreatedAt);

/// <summary>What an attempt to send came to.</summary>
public abstract record DeliveryResult
{
    private DeliveryResult()
    {
    }

    /// <summary>Taken over by the next system.</summary>
    public sealed record Sent : DeliveryResult;

    /// <summary>Not taken now; try again later.</summary>
    /// <param name="Reason">One line without address or content.</param>
    public sealed record Failed(string Reason) : DeliveryResult;

    /// <summary>Never to be taken: a wrong address, a refused sender.</summary>
    public sealed record Refused(string Reason) : DeliveryResult;
}

/// <summary>The way mail leaves the house. Engines: pickup folder; SMTP and SendGrid follow.</summary>
public interface IMailTransport
{
    /// <summary>As operations see it: <c>pickup</c>.</summary>
    string Name { get; }

    Task<DeliveryResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
