namespace Monitoring.Items;

/// <summary>One part of what puts a flag before others in the queue.</summary>
public sealed record PriorityPart(Reason Why, int Points)
{
    public const int Highest = 999;

    /// <summary>0 to <see cref="Highest"/>.</summary>
    public static int Sum(IEnumerable<PriorityPart> parts) => Math.Clamp(parts.Sum(part => part.Points), 0, Highest);
}
