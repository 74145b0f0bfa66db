using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>When one recipient is told a record: the sum of all rules that choose it.</summary>
/// <param name="AtOnce">Mail now.</param>
/// <param name="WhenReviewed">Mail at once when an editor has confirmed it; not of what is mailed now.</param>
/// <param name="Hourly">In the next hourly mail; not of what is mailed now.</param>
/// <param name="Daily">In the daily digest. What is or may be mailed at once stands there too, so that nothing is lost.</param>
/// <param name="Why">Tells the recipient which of the rules it was; of several the one that tells soonest.</param>
public sealed record Routing(Recipient Recipient, bool AtOnce, bool WhenReviewed, bool Hourly, bool Daily, bool Weekly, Reason Why);
