using Monitoring.Watchlist.Files;

namespace Monitoring.App.Hosting;

/// <summary>Knows the names of all settings, and finds those that nobody reads: mostly typing errors.</summary>
internal static class SettingNames
{
    /// <summary>Names that belong to the Functions host and may stand in the same file.</summary>
    private static readonly string[] HostPrefixes = ["FUNCTIONS_", "AzureWebJobs", "AzureFunctions", "WEBSITE_", "APPLICATIONINSIGHTS_", "languageWorkers"];

    public static IReadOnlyList<string> Known { get; } =
        [.. Settings.Sections.SelectMany(section => section.Type.GetProperties().Where(property => property.CanWrite).Select(property => $"{section.Section}__{property.Name}"))];

    /// <summary>A message for each unknown name in the file, and in those sections of the environment and command line that are ours.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> fileNames, IConfiguration configuration)
    {
        var fromSections = Settings.Sections.SelectMany(section => configuration.GetSection(section.Section).GetChildren().Select(child => $"{section.Section}__{child.Key}"));
        return fileNames.Select(name => name.Replace(":", "__", StringComparison.Ordinal))
            .Where(name => !Array.Exists(HostPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .Concat(fromSections)
            .Where(name => !name.StartsWith(Settings.VantagesSection + "__", StringComparison.OrdinalIgnoreCase))
            .Where(name => !Known.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => $"{name}: unknown setting{Suggestion.For(name, Known)}");
    }
}
