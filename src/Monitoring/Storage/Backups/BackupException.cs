namespace Monitoring.Storage.Backups;

/// <summary>Why a backup cannot be used.</summary>
public enum BackupProblem
{
    /// <summary>Not a backup, or one that was cut off or changed.</summary>
    Damaged,

    /// <summary>Written by a newer version of the program.</summary>
    TooNew,

    /// <summary>The passphrase is not the one it was written with.</summary>
    WrongPassphrase,
}

/// <summary>A backup that cannot be used. The message is the end of a line that begins with the file's name.</summary>
public sealed class BackupException(BackupProblem problem, string message) : Exception(message)
{
    public BackupProblem Problem { get; } = problem;
}
