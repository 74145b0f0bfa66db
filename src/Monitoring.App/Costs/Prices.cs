namespace Monitoring.App.Costs;

/// <summary>Public prices of Azure, in US dollars, and what is free of them in a month.</summary>
internal sealed record Prices
{
    /// <summary>Where the defaults come from.</summary>
    public const string Source = "US dollars, pay as you go, East US, locally redundant, looked up on 2026-11-22";

    /// <summary>Flex Consumption, on demand: memory of an instance times its active time.</summary>
    public double GigabyteSecond { get; init; } = 0.000026;

    /// <summary>A month, for all apps of a subscription together.</summary>
    public double FreeGigabyteSeconds { get; init; } = 100_000;

    public double MillionExecutions { get; init; } = 0.40;

    /// <inheritdoc cref="FreeGigabyteSeconds"/>
    public double FreeExecutions { get; init; } = 250_000;

    /// <summary>Each of these for 10,000 requests.</summary>
    public double Tables { get; init; } = 0.00036;

    /// <summary>Hot tier.</summary>
    public double BlobWrites { get; init; } = 0.05;

    /// <summary>Hot tier.</summary>
    public double BlobReads { get; init; } = 0.004;

    public double Queues { get; init; } = 0.004;
}
