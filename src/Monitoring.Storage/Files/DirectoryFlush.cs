using System.Runtime.InteropServices;

namespace Monitoring.Storage.Files;

/// <summary>Makes a rename durable: on Linux a new name survives a power cut only after fsync of its folder (fsync(2)), which .NET does not offer.</summary>
internal static partial class DirectoryFlush
{
    private const int ReadOnly = 0;

    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0 || Fsync(descriptor) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            Close(descriptor);
            throw new IOException($"The folder {folder} could not be flushed.", error);
        }

        Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
