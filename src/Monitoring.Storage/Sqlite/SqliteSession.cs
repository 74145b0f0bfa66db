using Microsoft.Data.Sqlite;

namespace Monitoring.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly SqliteConnection _connection;

    public SqliteSession(SqliteOptions options, SqliteOpenMode mode)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.File,
            Mode = mode,
            Pooling = false,
            // Whole seconds; 0 would mean for ever.
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(options.BusyTimeout.TotalSeconds)),
        }.ToString());
        _connection.Open();
    }

    /// <summary>True while no transaction is open: the engine ends one by itself after some errors.</summary>
    public bool IsAutocommit => SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) != 0;

    /// <summary>A prepared statement with its parameters <c>$0</c>, <c>$1</c> … set.</summary>
    public SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            // Only texts of this folder come here, with table names that LimitedTables has checked; values are parameters.
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + (char)('0' + i) });
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }

    public int Execute(string sql, params ReadOnlySpan<object> values) => Command(sql, values).ExecuteNonQuery();

    public object? Scalar(string sql, params ReadOnlySpan<object> values) => Command(sql, values).ExecuteScalar();

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }
}
