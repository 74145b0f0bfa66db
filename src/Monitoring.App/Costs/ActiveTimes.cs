namespace Monitoring.App.Costs;

/// <summary>How long functions are active. Nobody can count this beforehand: these are assumptions, and shown with every answer.</summary>
internal sealed record ActiveTimes
{
    /// <summary>One request to the storage account, in milliseconds.</summary>
    public double StorageMilliseconds { get; init; } = 10;

    /// <summary>Fetching one source, in seconds.</summary>
    public double FetchSeconds { get; init; } = 1;

    /// <summary>Checking one site from one vantage, in seconds; timeouts of blocked ones included.</summary>
    public double CheckSeconds { get; init; } = 3;

    /// <summary>Handing one mail over, in seconds.</summary>
    public double MailSeconds { get; init; } = 1;

    public double Of(StorageUse storage) => storage.All * StorageMilliseconds / 1000;
}
