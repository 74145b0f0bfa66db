namespace Monitoring.App.Costs;

/// <summary>A day of one function.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Runs">How often it is invoked.</param>
/// <param name="Storage">What all its runs ask of the storage account.</param>
/// <param name="Seconds">How long one run is active, on average.</param>
/// <param name="Together">How many runs share the active time of an instance.</param>
internal sealed record FunctionDay(string Name, double Runs, StorageUse Storage, double Seconds, double Together = 1)
{
    /// <summary>
    /// What Flex Consumption bills of the time in which an instance is active, however many runs there are in it: at least a second, and beyond it tenths of
    /// a second, each begun one whole.
    /// </summary>
    public double BilledSeconds => Runs / Together * Billed(Seconds);

    /// <summary>The same if no run ever overlapped another.</summary>
    public double BilledSecondsAlone => Runs * Billed(Seconds);

    private static double Billed(double seconds) => Math.Max(1, Math.Ceiling(Math.Round(seconds * 10, 6)) / 10);
}
