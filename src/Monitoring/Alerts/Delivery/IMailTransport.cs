namespace Monitoring.Alerts.Delivery;

/// <summary>A mail as it leaves the house.</summary>
public sealed record OutgoingMail
{
    /// <summary>Ours; the same for every attempt, and the local part of the Message-ID.</summary>
    public required string Id { get; init; }

    /// <summary>Names mail and recipient: by it a provider's events find the mail. <see cref="Mail.Key"/>.</summary>
    public required string Key { get; init; }

    public required string From { get; init; }

    public required string FromName { get; init; }

    public required string To { get; init; }

    public required string ToName { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    /// <summary>One document with inline styles; null: the text is all there is.</summary>
    public string? Html { get; init; }

    public required string Language { get; init; }

    /// <summary>The mail's Date.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Which list it belongs to, e.g. <c>alerts</c>: the first label of its List-Id.</summary>
    public required string List { get; init; }

    /// <summary>Id of the first mail about the same matter (In-Reply-To, References); null of the first.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Ends this list for this recipient when it is posted to (RFC 8058); null where our pages are not reached from outside.</summary>
    public Uri? Unsubscribe { get; init; }
}

/// <summary>What an attempt to send came to.</summary>
public abstract record DeliveryResult
{
    private DeliveryResult()
    {
    }

    /// <summary>Taken over by the next system.</summary>
    /// <param name="ProviderId">The next system's name for it; null if it gave none.</param>
    public sealed record Sent(string? ProviderId = null) : DeliveryResult;

    /// <summary>Certainly not taken, and it may be later.</summary>
    /// <param name="Reason">One line without address or content.</param>
    /// <param name="RetryAfter">What the next system asked to wait; null if it said nothing.</param>
    public sealed record Failed(string Reason, TimeSpan? RetryAfter = null) : DeliveryResult;

    /// <summary>Never to be taken: a wrong address, a refused sender.</summary>
    public sealed record Refused(string Reason) : DeliveryResult;

    /// <summary>Nobody knows: the line broke or nothing was heard after the mail had been handed over.</summary>
    public sealed record Unknown(string Reason) : DeliveryResult;
}

/// <summary>The way mail leaves the house. Engines: pickup folder, SMTP, SendGrid.</summary>
public interface IMailTransport
{
    /// <summary>As operations see it: <c>pickup</c>, <c>smtp</c>, <c>sendgrid</c>.</summary>
    string Name { get; }

    /// <summary>Whether a mail that is sent twice under one id arrives once: an outcome that is not known may be tried again.</summary>
    bool IsIdempotent { get; }

    /// <summary>Never longer than <see cref="AlertsOptions.SendingAtMost"/>; the outside world's failures are results.</summary>
    Task<DeliveryResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
