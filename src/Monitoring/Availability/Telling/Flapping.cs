using System.Text.Json.Serialization;

namespace Monitoring.Availability.Telling;

/// <summary>
/// How often a site goes to and fro from one vantage. Pure. A turn is an episode's opening or closing, or two checks in a row of the other kind, so that one odd check is
/// none. Four turns within a day make it intermittent, until a day has passed without one: told once, then in digests only.
/// </summary>
public sealed record Flapping
{
    private const int EnoughTurns = 4;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public static Flapping None { get; } = new();

    /// <summary>Whether it is in trouble, as its last turn says; null before the first.</summary>
    public bool? IsBad { get; init; }

    /// <summary>Turns of the last day, oldest first; the last eight.</summary>
    public IReadOnlyList<DateTimeOffset> Turns { get; init; } = [];

    /// <summary>The first turn of those that made it intermittent; null while it is not.</summary>
    public DateTimeOffset? Since { get; init; }

    [JsonIgnore]
    public bool IsIntermittent => Since is not null;

    /// <param name="window">The last outcomes, this check's included.</param>
    public Flapping Step(IReadOnlyList<Outcome> window, EpisodeChange? change, DateTimeOffset at)
    {
        bool? isBad = (change, window) switch
        {
            (EpisodeChange.Opened, _) => true,
            (EpisodeChange.Closed, _) => false,
            (_, [.., { Family: null }, { Family: null }]) => false,
            (_, [.., { Family: not null }, { Family: not null }]) => true,
            _ => IsBad,
        };
        var isTurn = IsBad is not null && isBad != IsBad;
        IReadOnlyList<DateTimeOffset> turns = [.. Turns.Where(turn => turn > at - Day), .. isTurn ? new[] { at } : []];
        return new Flapping
        {
            IsBad = isBad,
            Turns = [.. turns.TakeLast(2 * EnoughTurns)],
            Since = turns.Count >= EnoughTurns ? Since ?? turns[0] : turns.Count > 0 ? Since : null,
        };
    }
}
