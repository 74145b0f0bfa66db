using Monitoring.Feeds;

namespace Monitoring.Digests;

/// <param name="Since">The last readable answer; null: never.</param>
/// <param name="Outcome">What the last visit came to.</param>
public sealed record SilentSource(string Name, DateTimeOffset? Since, string Outcome);

/// <summary>A source that answers and tells nothing, against its habit.</summary>
public sealed record QuietSource(string Name, GoneQuiet Quiet);

/// <param name="Answered">Sources whose last visit brought a readable answer.</param>
public sealed record SourceHealth(int Answered, int Total, IReadOnlyList<SilentSource> Silent, IReadOnlyList<QuietSource> Quiet);
