namespace Monitoring.Tests.Support;

/// <summary>A folder of its own for one test, in memory where the machine offers that, gone at the end.</summary>
internal sealed class TempFolder : IDisposable
{
    private const string InMemory = "/dev/shm";

    public TempFolder()
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(Directory.Exists(InMemory) ? InMemory : System.IO.Path.GetTempPath(), "monitoring-" + Guid.NewGuid().ToString("N"))).FullName;
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string content)
    {
        System.IO.File.WriteAllText(File(name), content);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
