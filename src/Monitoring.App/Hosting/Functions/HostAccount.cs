using Monitoring.Storage.AzureStorage;

namespace Monitoring.App.Hosting.Functions;

/// <summary>
/// The storage account of the Functions host, <c>AzureWebJobsStorage</c>: its queue triggers read it, so ours must be the same. (A binding's connection
/// <c>Storage</c> would not be ours either: the host looks for that name with <c>AzureWebJobs</c> before it first.)
/// </summary>
internal static class HostAccount
{
    private const string Section = "AzureWebJobsStorage";

    private static readonly string[] Places = ["ConnectionString", "AccountName", "TableServiceUri", "BlobServiceUri", "QueueServiceUri"];

    private static readonly string[] Inherited = ["AccountName", "TableServiceUri", "BlobServiceUri", "QueueServiceUri", "Credential", "ClientId"];

    /// <summary>What the settings leave open is as the host has it: the engine under the host, and the account if none is named.</summary>
    public static void Adopt(IConfiguration configuration)
    {
        var ours = configuration.GetSection("Storage");
        if (IsEmpty(ours["Engine"]) && FunctionsHost.IsPresent(configuration))
        {
            ours["Engine"] = StorageOptions.Azure;
        }

        if (ours["Engine"] != StorageOptions.Azure || Array.Exists(Places, name => !IsEmpty(ours[name])))
        {
            return;
        }

        var host = configuration.GetSection(Section);
        ours["ConnectionString"] = host.Value;
        foreach (var name in Inherited.Where(name => IsEmpty(ours[name])))
        {
            ours[name] = host[name];
        }
    }

    /// <exception cref="StartException">The host's queue triggers would wait at other queues than ours.</exception>
    public static void NeedSame(Settings settings)
    {
        var storage = settings.Get<StorageOptions>();
        if (storage.Engine != StorageOptions.Azure)
        {
            throw new StartException(ExitCode.BadSettings, "Storage__Engine: under the Functions host only Azure is possible.");
        }

        var (host, ours) = (Queues(settings.Configuration.GetSection(Section)), storage.Account().Queues);
        if (host is null || Uri.Compare(host, ours, UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw new StartException(ExitCode.BadSettings, $"{Section}: the account of the Storage__ settings is expected ({ours.Authority}), because the queue triggers read this one; or leave those settings out.");
        }
    }

    private static Uri? Queues(IConfigurationSection host)
    {
        try
        {
            var text = !IsEmpty(host.Value) ? ConnectionString.Parse(host.Value!).Queues.AbsoluteUri
                : !IsEmpty(host["queueServiceUri"]) ? host["queueServiceUri"]
                : !IsEmpty(host["accountName"]) ? $"https://{host["accountName"]}.queue.core.windows.net"
                : "";
            return Uri.TryCreate(text?.TrimEnd('/'), UriKind.Absolute, out var address) ? address : null;
        }
        catch (FormatException mistake)
        {
            throw new StartException(ExitCode.BadSettings, $"{Section}: {mistake.Message}");
        }
    }

    private static bool IsEmpty(string? value) => string.IsNullOrEmpty(value);
}
