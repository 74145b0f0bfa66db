using Monitoring.Availability.Reports;

namespace Monitoring.App.Web;

/// <summary>How fast a site was from one vantage.</summary>
/// <param name="Link">To what the times are of.</param>
public sealed record SpeedRow(string Site, string Vantage, string Link, IReadOnlyList<PhaseSpeed> Speeds);
