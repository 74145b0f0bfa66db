namespace Monitoring;

/// <summary>
/// Reads the data files that stand beside the code and are embedded in the assembly, so that a rule can be mended without C#. The first line
/// tells source and date; lines that begin with # and empty lines are comments; values are separated by commas (or another sign) and hold none.
/// </summary>
internal static class DataFile
{
    /// <param name="separator">Between the values; none of them holds it.</param>
    public static IEnumerable<string[]> Rows(Type beside, string name, char separator = ',')
    {
        using var reader = new StreamReader(Open(beside, name));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line.Split(separator, StringSplitOptions.TrimEntries);
            }
        }
    }

    public static Stream Open(Type beside, string name) =>
        beside.Assembly.GetManifestResourceStream(beside, name) ?? throw new InvalidOperationException($"The data file {name} is not embedded beside {beside.Name}.");
}
