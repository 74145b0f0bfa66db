using Monitoring.Storage;

namespace Monitoring.Alerts.Delivery;

public enum MailKind
{
    Alert,
    Digest,
}

/// <summary>pending → sending → sent | failed. A mail that stays in sending was left by a dead process and goes through sending again.</summary>
public enum MailState
{
    Pending,
    Sending,
    Sent,
    Failed,
}

/// <summary>A mail on its way to one recipient. Its id derives from what it tells and whom, so that telling twice is impossible by key.</summary>
public sealed record Mail
{
    public required string RecipientId { get; init; }

    public required string MailId { get; init; }

    public required MailKind Kind { get; init; }

    public required string Subject { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public MailState State { get; init; }

    public int Attempts { get; init; }

    /// <summary>When the present state began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why the last attempt did not succeed.</summary>
    public string? Reason { get; init; }

    /// <summary>What it tells: an alert's key; of a digest, its day.</summary>
    public required string Tells { get; init; }

    public string? ETag { get; init; }

    /// <summary>Names the mail in work items, pages and file names.</summary>
    public string Key => $"{RecipientId}.{MailId}";

    internal EntityKey Row => new(RecipientId, MailId);

    internal Entity ToRow() => new Entity(Row)
    {
        ETag = ETag,
    }
        .Set("Kind", Kind.ToString())
        .Set("Subject", Subject)
        .Set("CreatedAt", CreatedAt)
        .Set("State", State.ToString())
        .Set("Attempts", Attempts)
        .Set("Since", Since)
        .Set("Reason", Reason)
        .Set("Tells", Tells);

    internal static Mail FromRow(Entity row) => new()
    {
        RecipientId = row.Key.Partition,
        MailId = row.Key.Row,
        Kind = Enum.Parse<MailKind>(row.NeedText("Kind")),
        Subject = row.NeedText("Subject"),
        CreatedAt = row.NeedTime("CreatedAt"),
        State = Enum.Parse<MailState>(row.NeedText("State")),
        Attempts = (int)(row.GetNumber("Attempts") ?? 0),
        Since = row.NeedTime("Since"),
        Reason = row.GetText("Reason"),
        Tells = row.NeedText("Tells"),
        ETag = row.ETag,
    };
}
