using Monitoring.Storage;

namespace Monitoring.App.Hosting;

/// <summary>What the process answers to scripts; listed in the help of the program.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A bug.</summary>
    public const int Unexpected = 1;

    public const int Usage = 2;
    public const int BadSettings = 3;
    public const int BadWatchlist = 4;

    /// <summary>Entries were edited on pages and differ in the file, or asked to be forgotten, or rows of a test list were refused; the others were imported.</summary>
    public const int Conflicts = 5;

    public const int StorageCorrupt = 6;
    public const int StorageLocked = 7;
    public const int DiskFull = 8;
    public const int NotWritable = 9;
    public const int StorageTooNew = 10;
    public const int StorageInUse = 11;
    public const int PortInUse = 12;
    public const int StorageFailed = 13;

    /// <summary>The machine lacks what the program needs (ICU, time zones).</summary>
    public const int BadMachine = 14;

    /// <summary>A file named on the command line cannot be read.</summary>
    public const int NoInput = 15;

    /// <summary>A backup that is damaged, cut off, of a newer version, or no backup at all.</summary>
    public const int BadBackup = 16;

    public const int WrongPassphrase = 17;

    /// <summary>A copy or a restore needs an empty store.</summary>
    public const int StoreNotEmpty = 18;

    /// <summary>The store is half filled by a copy or restore that was not finished.</summary>
    public const int StoreUnfinished = 19;

    public const int StorageUnreachable = 21;
    public const int StorageDenied = 22;

    /// <summary>The work was done and the answer is no: a site not reachable, a page that is no feed, a demo that missed something.</summary>
    public const int AnswerIsNo = 20;

    public const int Cancelled = 130;

    public const string Help = """
        Exit codes:
          0 done    1 bug    2 usage    3 settings    4 watch list    5 conflicts in an import
          6 store damaged    7 store locked    8 disk full    9 not writable    10 store too new
          11 another worker runs on the store    12 port in use    13 store failed    14 machine unfit
          15 input file unreadable    16 backup unusable    17 wrong passphrase    18 store not empty
          19 store half filled    20 done, and the answer is no    21 storage service unreachable
          22 storage access denied    130 interrupted
        """;

    public static int Of(StorageProblem problem) => problem switch
    {
        StorageProblem.Corrupt => StorageCorrupt,
        StorageProblem.Locked => StorageLocked,
        StorageProblem.Full => DiskFull,
        StorageProblem.NotWritable => NotWritable,
        StorageProblem.TooNew => StorageTooNew,
        StorageProblem.InUse => StorageInUse,
        StorageProblem.NotEmpty => StoreNotEmpty,
        StorageProblem.Unfinished => StoreUnfinished,
        StorageProblem.Unreachable => StorageUnreachable,
        StorageProblem.Denied => StorageDenied,
        _ => StorageFailed,
    };
}
