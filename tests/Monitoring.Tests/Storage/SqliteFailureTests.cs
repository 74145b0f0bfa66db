using Microsoft.Data.Sqlite;
using Monitoring.Storage;
using Monitoring.Storage.Sqlite;

namespace Monitoring.Tests.Storage;

public sealed class SqliteFailureTests
{
    [Theory]
    [InlineData(3, 3, StorageProblem.NotWritable, "The database file x.db cannot be opened for writing.")] // SQLITE_PERM
    [InlineData(5, 517, StorageProblem.Locked, "The database file x.db is locked by another program.")] // SQLITE_BUSY_SNAPSHOT
    [InlineData(6, 6, StorageProblem.Locked, "The database file x.db is locked by another program.")] // SQLITE_LOCKED
    [InlineData(8, 8, StorageProblem.NotWritable, "The database file x.db cannot be opened for writing.")] // SQLITE_READONLY
    [InlineData(10, 778, StorageProblem.Failed, "The database file x.db failed (SQLite error 778).")] // SQLITE_IOERR_WRITE
    [InlineData(11, 779, StorageProblem.Corrupt, "The database file x.db is damaged or not a database; restore a backup or move the file away.")] // SQLITE_CORRUPT_INDEX
    [InlineData(13, 13, StorageProblem.Full, "The database file x.db cannot grow: the disk is full.")] // SQLITE_FULL
    [InlineData(14, 14, StorageProblem.NotWritable, "The database file x.db cannot be opened for writing.")] // SQLITE_CANTOPEN
    [InlineData(26, 26, StorageProblem.Corrupt, "The database file x.db is damaged or not a database; restore a backup or move the file away.")] // SQLITE_NOTADB
    public void An_error_code_becomes_a_problem_and_one_line(int code, int extended, StorageProblem problem, string message)
    {
        var failure = SqliteFailure.Translate(new SqliteException("quotes a value", code, extended), "x.db");

        Assert.Equal((problem, message), (failure.Problem, failure.Message));
    }
}
