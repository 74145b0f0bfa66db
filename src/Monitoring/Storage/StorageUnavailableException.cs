namespace Monitoring.Storage;

/// <summary>Why a store cannot be used; each has its own exit code on the command line.</summary>
public enum StorageProblem
{
    /// <summary>The files exist and are not what they should be.</summary>
    Corrupt,

    /// <summary>Another program keeps the store locked for longer than we wait.</summary>
    Locked,

    /// <summary>No space left.</summary>
    Full,

    /// <summary>The place cannot be written to, or not be created.</summary>
    NotWritable,

    /// <summary>The store was written by a newer version of the program.</summary>
    TooNew,

    /// <summary>Another worker already runs on this store.</summary>
    InUse,

    /// <summary>Something that needs an empty store met one that holds data.</summary>
    NotEmpty,

    /// <summary>A copy or restore into the store was not finished.</summary>
    Unfinished,

    /// <summary>The service does not answer, or only with failures of its own.</summary>
    Unreachable,

    /// <summary>The service does not let us in: wrong key, missing role, wrong clock.</summary>
    Denied,

    /// <summary>Any other failure of the engine.</summary>
    Failed,
}

/// <summary>The environment is broken, not the data's meaning: the work at hand stops and is tried again later, or the start fails. The message is one line for an operator.</summary>
public sealed class StorageUnavailableException(StorageProblem problem, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public StorageProblem Problem { get; } = problem;
}
