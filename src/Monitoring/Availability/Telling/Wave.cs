namespace Monitoring.Availability.Telling;

/// <param name="Opened">The first check of its episode.</param>
public sealed record WaveMember(string SiteId, DateTimeOffset Opened, bool IsConfirmed);

/// <summary>
/// Sites that one family of mechanisms befell in one network (or from one vantage, if its network has no number), each within half an hour of the one before. Pure.
/// <para>
/// The first two sites are told as they open, as if there were no wave. The third makes it one: it and all later ones join this row, which is written before the check's state, and
/// are told in digests only; ten minutes after the third one mail names all that joined so far. Joining again changes nothing, and the mail's key is the wave's, so a crash
/// anywhere costs at most a second copy of the same mail.
/// </para>
/// </summary>
public sealed record Wave
{
    /// <summary>From this many on it is a wave.</summary>
    public const int Enough = 3;

    /// <summary>A wave this long loses no site, but its mail names no more.</summary>
    private const int MostMembers = 200;

    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    /// <summary>The network or the vantage, as people know it.</summary>
    public required string Network { get; init; }

    /// <summary>The family of the mechanisms.</summary>
    public required string Family { get; init; }

    /// <summary>Down for everybody, not blocked.</summary>
    public bool IsDown { get; init; }

    /// <summary>In the order they joined.</summary>
    public IReadOnlyList<WaveMember> Members { get; init; } = [];

    /// <summary>When its mail is due; null before the third site, and once it is told.</summary>
    public DateTimeOffset? TellAt { get; init; }

    public string? ETag { get; init; }

    public bool IsFormed => Members.Count >= Enough;

    /// <returns>The wave with the site in it, and whether the site is told by the wave instead of by itself.</returns>
    public (Wave Next, bool IsToldByWave) Join(WaveMember member, DateTimeOffset now)
    {
        var place = Members.ToList().FindIndex(known => known.SiteId == member.SiteId);
        if (place >= 0 && IsNear(Members[place], member))
        {
            return (this, place >= Enough - 1);
        }

        // What waits to be told is not begun anew.
        var isNew = TellAt is null && IsFormed && !IsNear(Members[^1], member);
        var next = this with { Members = [.. isNew ? [] : Members.Where(known => known.SiteId != member.SiteId && (IsFormed || IsNear(known, member))), member] };
        return Members.Count >= MostMembers && !isNew
            ? (this, true)
            : (next with { TellAt = next.Members.Count == Enough ? now + Settling : TellAt }, next.IsFormed);
    }

    private static bool IsNear(WaveMember one, WaveMember other) => (one.Opened - other.Opened).Duration() <= Reach;
}
