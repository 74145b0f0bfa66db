namespace Monitoring.Storage.Sqlite;

/// <summary>How the embedded database is opened.</summary>
public sealed class SqliteOptions
{
    /// <summary>The database file; its folder exists.</summary>
    public required string File { get; init; }

    /// <summary>How long a write waits for another program's write before the store counts as locked.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
