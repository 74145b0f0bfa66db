using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.Benchmarks;

/// <summary>Memory of a process as its share of the machine (PSS of Linux).</summary>
internal static partial class ProcessMemory
{
    /// <summary>In MB of a million bytes; the file says KiB.</summary>
    public static double ReadPss(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(Digits().Match(line).Value, CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
