namespace Monitoring.Storage.Files;

/// <summary>Turns what the file system throws into <see cref="StorageUnavailableException"/>.</summary>
internal static class FileFailure
{
    /// <summary>ENOSPC and EDQUOT on Linux, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows, as .NET puts them in HResult.</summary>
    private static readonly int[] DiskFull = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static StorageUnavailableException Translate(Exception failure, string folder) => failure switch
    {
        IOException full when DiskFull.Contains(full.HResult) => new(StorageProblem.Full, $"The folder {folder} cannot take more: the disk is full.", failure),
        _ when failure is UnauthorizedAccessException || !Directory.Exists(folder) => new(StorageProblem.NotWritable, $"The folder {folder} cannot be written to.", failure),
        _ => new(StorageProblem.Failed, $"Writing in the folder {folder} failed ({failure.GetType().Name}).", failure),
    };
}
