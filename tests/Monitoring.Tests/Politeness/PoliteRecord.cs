using System.Globalization;

namespace Monitoring.Tests.Politeness;

/// <summary>One request as its server saw it.</summary>
internal sealed record PoliteRequest(string Path, DateTimeOffset At)
{
    /// <summary>Null: the client hung up.</summary>
    public int? Status { get; set; }

    /// <summary>The answer before held a validator for this address.</summary>
    public bool OwesCondition { get; init; }

    /// <summary>It sent back what it owes, byte for byte.</summary>
    public bool IsConditional { get; init; }

    /// <summary>A redirect led here inside a visit.</summary>
    public bool IsHop { get; init; }

    /// <summary>The server had asked for a longer pause.</summary>
    public bool IsTooEarly { get; init; }
}

/// <summary>What one server saw in a day.</summary>
internal sealed record PoliteRecord(PoliteKind Kind, string Host, IReadOnlyList<PoliteRequest> Requests, int MostAtOnce, int Pauses)
{
    public IReadOnlyList<PoliteRequest> Visits { get; } = [.. Requests.Where(request => !request.IsHop)];

    /// <summary>Between the starts of two visits; null if there was one.</summary>
    public TimeSpan? ShortestPause => Visits.Count < 2 ? null : Visits.Zip(Visits.Skip(1), (first, second) => second.At - first.At).Min();

    public int Owed => Requests.Count(request => request.OwesCondition);

    public int Conditional => Requests.Count(request => request is { OwesCondition: true, IsConditional: true });

    public int TooEarly => Requests.Count(request => request.IsTooEarly);

    /// <summary>How often which status was answered; 0: none.</summary>
    public string Statuses => string.Join(", ", Requests.GroupBy(request => request.Status).OrderBy(group => group.Key).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} × {group.Key ?? 0}")));
}
