namespace Monitoring.Tests.Support;

/// <summary>The checkout the tests were built from: some tests read the sources as text.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "Monitoring.sln")) ? folder : Find(System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No checkout above the tests."));
}
