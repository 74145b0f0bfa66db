namespace Monitoring.Alerts;

/// <summary>How one recipient is told something.</summary>
public enum ToldBy
{
    /// <summary>In digests only.</summary>
    Digest,

    /// <summary>By a mail of its own.</summary>
    Mail,

    /// <summary>With others in one mail, because more came in an hour than the recipient wants singly.</summary>
    Summary,
}

/// <summary>What one recipient was told, or is about to be told, of a matter: written down before anything else is done about it.</summary>
public sealed record ToldAlert
{
    public required string RecipientId { get; init; }

    /// <summary>0 for what was told first of the matter; of one recipient and matter no two have the same.</summary>
    public required int Number { get; init; }

    /// <summary>The key of the record that told it.</summary>
    public required string Record { get; init; }

    public required AlertChange Change { get; init; }

    public required AlertReview Review { get; init; }

    public required ToldBy By { get; init; }

    /// <summary>All that the record said then, not only what was new.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Names the mail and the digests' entry: the record's own key, and for what it told later that with a number.</summary>
    public required string Key { get; init; }

    /// <summary>Whether it takes back or mends what was told before.</summary>
    public bool IsCorrection => Change is AlertChange.Dismissed or AlertChange.Withdrawn or AlertChange.Reinstated or AlertChange.Reopened or AlertChange.Changed;
}
