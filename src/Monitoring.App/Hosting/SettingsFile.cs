using System.Globalization;
using System.Text.Json;

namespace Monitoring.App.Hosting;

/// <summary>Reads a settings file in the shape of the Functions tools: a JSON object with <c>Values</c>; comments are allowed.</summary>
internal static class SettingsFile
{
    public const string DefaultName = "local.settings.json";

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <param name="file">Null: the default one, if it exists.</param>
    public static IReadOnlyDictionary<string, string> Read(string? file)
    {
        var path = file ?? DefaultName;
        if (file is null && !File.Exists(path))
        {
            return new Dictionary<string, string>();
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path), Options);
            return Values(json.RootElement, path);
        }
        catch (JsonException broken)
        {
            throw new StartException(ExitCode.BadSettings, string.Create(CultureInfo.InvariantCulture, $"{path}:{broken.LineNumber + 1}: this is not valid JSON."));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException(ExitCode.BadSettings, $"{path}: cannot be read ({failure.GetType().Name}).");
        }
    }

    private static Dictionary<string, string> Values(JsonElement root, string path)
    {
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("Values", out var values) || values.ValueKind is not JsonValueKind.Object)
        {
            throw new StartException(ExitCode.BadSettings, $"{path}: an object \"Values\" with the settings is expected.");
        }

        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in values.EnumerateObject())
        {
            if (value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                throw new StartException(ExitCode.BadSettings, $"{path}: Values.{value.Name}: a single value is expected.");
            }

            read[value.Name] = value.Value.ValueKind is JsonValueKind.String ? value.Value.GetString()! : value.Value.GetRawText();
        }

        return read;
    }
}
