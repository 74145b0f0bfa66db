using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Support;

/// <summary>A watch list given as text, under the name <c>list.yaml</c>.</summary>
internal static class ListFile
{
    public static CheckResult Check(string yaml) => WatchlistCheck.Check(new StringReader(yaml), "list.yaml");

    /// <summary>What is wrong with it, as people read it.</summary>
    public static string[] Problems(string yaml) => [.. Check(yaml).Problems.Select(problem => problem.ToString())];

    /// <summary>The entries of a file that has nothing wrong.</summary>
    public static IEnumerable<FileEntry> Read(TextReader yaml) =>
        WatchlistFile.Read(yaml, "list.yaml", problem => throw new InvalidOperationException(problem.ToString()));

    public static FileEntry[] Read(string yaml) => [.. Read(new StringReader(yaml))];
}
