using Microsoft.Data.Sqlite;

namespace Monitoring.Storage.Sqlite;

/// <summary>Turns the engine's error codes (sqlite.org/rescode.html) into <see cref="StorageUnavailableException"/>.</summary>
internal static class SqliteFailure
{
    public const int Corrupt = 11;

    private const int Perm = 3, Busy = 5, Locked = 6, ReadOnly = 8, Full = 13, CannotOpen = 14, NotADatabase = 26;

    public static StorageUnavailableException Translate(SqliteException failure, string file)
    {
        var (problem, what) = failure.SqliteErrorCode switch
        {
            Corrupt or NotADatabase => (StorageProblem.Corrupt, "is damaged or not a database; restore a backup or move the file away"),
            Busy or Locked => (StorageProblem.Locked, "is locked by another program"),
            Full => (StorageProblem.Full, "cannot grow: the disk is full"),
            Perm or ReadOnly or CannotOpen => (StorageProblem.NotWritable, "cannot be opened for writing"),
            _ => (StorageProblem.Failed, $"failed (SQLite error {failure.SqliteExtendedErrorCode})"),
        };

        return new StorageUnavailableException(problem, $"The database file {file} {what}.", failure);
    }
}
