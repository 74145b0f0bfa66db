namespace Monitoring.Alerts.Delivery;

/// <summary>What a mail provider tells of a mail after it took it.</summary>
public enum MailEventKind
{
    /// <summary>Taken and worked on, or put off by the receiving server.</summary>
    Taken,
    Delivered,

    /// <summary>There is no such address, or the provider sends nothing more to it.</summary>
    Bounced,

    /// <summary>This mail was refused by the receiving server; the address may be good.</summary>
    Blocked,

    /// <summary>The reader called it spam.</summary>
    Complained,
}

/// <param name="Id">The provider's, the same when it is told again.</param>
/// <param name="Mail">The key of ours.</param>
/// <param name="Reason">One line without address; null if none was given.</param>
public sealed record MailEvent(string Id, string Mail, MailEventKind Kind, DateTimeOffset At, string? Reason);
