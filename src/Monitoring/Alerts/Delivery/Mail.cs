using System.Text.Encodings.Web;
using System.Text.Json;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Alerts.Delivery;

public enum MailKind
{
    Alert,
    Digest,

    /// <summary>Of alerts of a storm, in one mail.</summary>
    Summary,

    /// <summary>Asked for on a page, to see whether mail arrives.</summary>
    Test,
}

/// <summary>pending → sending → sent | unknown | failed; pending → withdrawn.</summary>
public enum MailState
{
    Pending,
    Sending,

    /// <summary>Taken over by the next system, and not refused since.</summary>
    Sent,

    /// <summary>Not to be sent, or refused later.</summary>
    Failed,

    /// <summary>It may have been taken over or not: nothing was heard.</summary>
    Unknown,

    /// <summary>What it tells was taken back before it was sent.</summary>
    Withdrawn,
}

/// <param name="What">What the attempt came to, or what a provider told: <c>sent</c>, <c>failed: …</c>, <c>bounced: …</c>.</param>
/// <param name="Event">The provider's name for what it told; null of our own steps.</param>
public sealed record MailNote(DateTimeOffset At, string What, string? Event = null);

/// <summary>A mail on its way to one recipient. Its id derives from what it tells and whom, so that telling twice is impossible by key.</summary>
public sealed record Mail
{
    /// <summary>So many steps are kept, the last ones.</summary>
    private const int MostSteps = 30;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required string RecipientId { get; init; }

    public required string MailId { get; init; }

    public required MailKind Kind { get; init; }

    public required string Subject { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of what it tells; of digests the least.</summary>
    public Severity Severity { get; init; }

    public MailState State { get; init; }

    public int Attempts { get; init; }

    /// <summary>When the present state began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why it is in its state, if that is not the one wished for.</summary>
    public string? Reason { get; init; }

    /// <summary>What it tells: an alert's key; of a digest, its day, hour or week.</summary>
    public required string Tells { get; init; }

    /// <summary>Why the recipient gets it: a text of the mails, <c>why.…</c>. Null of mails written before it was kept.</summary>
    public Reason? Why { get; init; }

    /// <summary>Id of the first mail about the same matter to the recipient; null of the first.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Not sent before: the end of the recipient's quiet hours.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>It was sent once more after nothing had been heard of the first time.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>What was done with it, oldest first.</summary>
    public IReadOnlyList<MailNote> Steps { get; init; } = [];

    public string? ETag { get; init; }

    /// <summary>Names the mail in work items, pages and file names.</summary>
    public string Key => $"{RecipientId}.{MailId}";

    /// <summary>Sent again if nothing was heard of it; other mails stand in the next digest instead.</summary>
    public bool IsUrgent => Kind is MailKind.Alert or MailKind.Summary && Severity >= Severity.High;

    public MailList List => Kind is MailKind.Digest ? MailList.Digests : MailList.Alerts;

    public bool IsOver => State is MailState.Sent or MailState.Failed or MailState.Unknown or MailState.Withdrawn;

    internal EntityKey Row => new(RecipientId, MailId);

    /// <summary>With one more step.</summary>
    public Mail Noting(DateTimeOffset at, string what, string? heard = null) => this with { Steps = [.. Steps.TakeLast(MostSteps - 1), new MailNote(at, what, heard)] };

    internal Entity ToRow() => new Entity(Row)
    {
        ETag = ETag,
    }
        .Set("Kind", Kind.ToString())
        .Set("Subject", Subject)
        .Set("CreatedAt", CreatedAt)
        .Set("Severity", Severity.ToString())
        .Set("State", State.ToString())
        .Set("Attempts", Attempts)
        .Set("Since", Since)
        .Set("Reason", Reason)
        .Set("Tells", Tells)
        .Set("Why", Why is null ? null : JsonSerializer.Serialize(Why, Readable))
        .Set("InReplyTo", InReplyTo)
        .Set("NotBefore", NotBefore)
        .Set("IsRepeat", IsRepeat ? true : null)
        .Set("Steps", Steps.Count == 0 ? null : JsonSerializer.Serialize(Steps));

    internal static Mail FromRow(Entity row) => new()
    {
        RecipientId = row.Key.Partition,
        MailId = row.Key.Row,
        Kind = Enum.Parse<MailKind>(row.NeedText("Kind")),
        Subject = row.NeedText("Subject"),
        CreatedAt = row.NeedTime("CreatedAt"),
        Severity = row.GetText("Severity") is { } severity ? Enum.Parse<Severity>(severity) : Severity.Info,
        State = Enum.Parse<MailState>(row.NeedText("State")),
        Attempts = (int)(row.GetNumber("Attempts") ?? 0),
        Since = row.NeedTime("Since"),
        Reason = row.GetText("Reason"),
        Tells = row.NeedText("Tells"),
        Why = row.GetText("Why") is { } why ? JsonSerializer.Deserialize<Reason>(why, Readable) : null,
        InReplyTo = row.GetText("InReplyTo"),
        NotBefore = row.GetTime("NotBefore"),
        IsRepeat = row.GetFlag("IsRepeat") ?? false,
        Steps = row.GetText("Steps") is { } steps ? JsonSerializer.Deserialize<IReadOnlyList<MailNote>>(steps) ?? [] : [],
        ETag = row.ETag,
    };
}
