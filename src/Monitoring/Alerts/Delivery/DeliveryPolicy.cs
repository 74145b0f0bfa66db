namespace Monitoring.Alerts.Delivery;

/// <summary>What becomes of a mail, by what its transport did and its provider tells. Pure.</summary>
public static class DeliveryPolicy
{
    /// <summary>After this many attempts that were certainly not taken a mail has failed; operators see it.</summary>
    public const int MaxAttempts = 12;

    /// <summary>An urgent mail of which nothing is known is sent once more when nothing was heard of it for so long.</summary>
    public static readonly TimeSpan HearWithin = TimeSpan.FromMinutes(15);

    /// <summary>1, 2, 4 … minutes, at most an hour: twelve attempts span about seven hours. Null: give up.</summary>
    public static TimeSpan? Pause(int attempts) =>
        attempts >= MaxAttempts ? null : TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, Math.Clamp(attempts - 1, 0, 10))));

    /// <summary>What is to be done with a mail now.</summary>
    /// <param name="sendingAtMost">A mail that is "sending" for longer was left by a dead process.</param>
    public static MailTurn Turn(Mail mail, bool isIdempotent, TimeSpan sendingAtMost, DateTimeOffset now) => mail switch
    {
        { State: MailState.Pending, NotBefore: { } notBefore } when notBefore > now => new MailTurn.Wait(notBefore - now),
        { State: MailState.Pending } => new MailTurn.Send(mail with { State = MailState.Sending, Attempts = mail.Attempts + 1, Since = now }),
        { State: MailState.Sending } when now - mail.Since < sendingAtMost => new MailTurn.Wait(sendingAtMost - (now - mail.Since)),
        { State: MailState.Sending } when isIdempotent => new MailTurn.Send(mail with { Attempts = mail.Attempts + 1, Since = now }),
        { State: MailState.Sending } => new MailTurn.Note(Unknown(mail, "the program stopped while it was sending", mail.Since)),
        { State: MailState.Unknown, IsUrgent: true, IsRepeat: false } when now - mail.Since < HearWithin => new MailTurn.Wait(HearWithin - (now - mail.Since)),
        { State: MailState.Unknown, IsUrgent: true, IsRepeat: false } =>
            new MailTurn.Send(mail with { State = MailState.Sending, Attempts = mail.Attempts + 1, Since = now, IsRepeat = true }),
        _ => new MailTurn.Nothing(),
    };

    /// <summary>After an attempt.</summary>
    /// <returns>The mail as it is to be stored, and for how long it waits if it is tried again.</returns>
    public static (Mail Mail, TimeSpan? Again) End(Mail mail, DeliveryResult result, bool isIdempotent, DateTimeOffset now) => result switch
    {
        DeliveryResult.Sent => ((mail with { State = MailState.Sent, Since = now, Reason = null }).Noting(now, "sent"), null),
        DeliveryResult.Refused refused => (Failed(mail, refused.Reason, now), null),
        DeliveryResult.Failed failed => TryAgain(mail, failed.Reason, failed.RetryAfter, now),
        // The provider told of it: it has it.
        DeliveryResult.Unknown when mail.Steps.Any(step => step.Event is not null) => End(mail, new DeliveryResult.Sent(), isIdempotent, now),
        DeliveryResult.Unknown unknown when isIdempotent => TryAgain(mail, unknown.Reason, retryAfter: null, now),
        DeliveryResult.Unknown unknown when Unknown(mail, unknown.Reason, now) is var after => (after, after is { IsUrgent: true, IsRepeat: false } ? HearWithin : null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>
    /// What a provider tells of a mail it took: at least once, and in any order. What arrived does not become unknown again; a bounce may come late.
    /// </summary>
    /// <returns>The same mail if that was told before.</returns>
    public static Mail Hear(Mail mail, MailEvent heard)
    {
        if (mail.Steps.Any(step => step.Event == heard.Id))
        {
            return mail;
        }

        var noted = mail.Noting(heard.At, heard.Reason is null ? Word(heard.Kind) : $"{Word(heard.Kind)}: {heard.Reason}", heard.Id);
        return (heard.Kind, mail.State) switch
        {
            (MailEventKind.Bounced or MailEventKind.Blocked, _) => noted with { State = MailState.Failed, Since = heard.At, Reason = noted.Steps[^1].What },
            (MailEventKind.Taken or MailEventKind.Delivered, MailState.Unknown) => noted with { State = MailState.Sent, Since = heard.At, Reason = null },
            _ => noted,
        };
    }

    private static string Word(MailEventKind kind) => kind switch
    {
        MailEventKind.Delivered => "delivered",
        MailEventKind.Bounced => "bounced",
        MailEventKind.Blocked => "refused by the receiving server",
        MailEventKind.Complained => "called spam by the reader",
        _ => "taken by the provider",
    };

    private static Mail Failed(Mail mail, string reason, DateTimeOffset now) => (mail with { State = MailState.Failed, Since = now, Reason = reason }).Noting(now, "failed: " + reason);

    private static Mail Unknown(Mail mail, string reason, DateTimeOffset since) =>
        (mail with { State = MailState.Unknown, Since = since, Reason = reason }).Noting(since, "not known whether it was taken: " + reason);

    private static (Mail Mail, TimeSpan? Again) TryAgain(Mail mail, string reason, TimeSpan? retryAfter, DateTimeOffset now)
    {
        if (Pause(mail.Attempts) is not { } pause)
        {
            return (Failed(mail, reason, now), null);
        }

        var wait = retryAfter > pause ? retryAfter.Value : pause;

        // A repeat that was not taken is still one whose first time nobody knows of.
        return ((mail with { State = MailState.Pending, Since = now, NotBefore = now + wait, Reason = reason }).Noting(now, "not taken: " + reason), wait);
    }
}

/// <summary>What is to be done with a mail.</summary>
public abstract record MailTurn
{
    private MailTurn()
    {
    }

    /// <summary>To be stored as it is here, then sent: who loses the save has nothing to do.</summary>
    public sealed record Send(Mail Mail) : MailTurn;

    /// <summary>To be stored as it is here, and looked at again.</summary>
    public sealed record Note(Mail Mail) : MailTurn;

    public sealed record Wait(TimeSpan For) : MailTurn;

    public sealed record Nothing : MailTurn;
}
