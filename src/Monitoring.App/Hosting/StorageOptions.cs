using System.ComponentModel.DataAnnotations;
using Azure.Core;
using Azure.Identity;
using Monitoring.Storage.AzureStorage;

namespace Monitoring.App.Hosting;

/// <summary>Where everything is kept. Section <c>Storage</c>; the names of the Azure ones are those of the Functions host's connections.</summary>
internal sealed class StorageOptions : IValidatableObject
{
    public const string Sqlite = "Sqlite";
    public const string Azure = "Azure";

    /// <summary>
    /// The engine. Sqlite: a database file and a folder on this machine. Azure: the tables, blobs and queues of a storage account, for many workers; that of
    /// <c>AzureWebJobsStorage</c> if no other is named. Default Sqlite; under the Functions host Azure.
    /// </summary>
    [AllowedValues(Sqlite, Azure)]
    public string Engine { get; set; } = Sqlite;

    /// <summary>The folder of the database, the blobs and the mails; made if absent. Default <c>data</c> below the working directory.</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>Azure: account and key, a shared access signature, or <c>UseDevelopmentStorage=true</c>. A secret. Empty: an identity, and one of the next two.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Azure, with an identity: the account in the public cloud.</summary>
    public string AccountName { get; set; } = "";

    /// <summary>Azure, with an identity, in other clouds or networks: the address of the table service. The three go together.</summary>
    public Uri? TableServiceUri { get; set; }

    /// <summary>Likewise of the blob service.</summary>
    public Uri? BlobServiceUri { get; set; }

    /// <summary>Likewise of the queue service.</summary>
    public Uri? QueueServiceUri { get; set; }

    /// <summary>Azure: which identity. managedidentity, workloadidentity, developer (az, azd, Visual Studio); empty tries them in turn.</summary>
    [AllowedValues("", "managedidentity", "workloadidentity", "developer")]
    public string Credential { get; set; } = "";

    /// <summary>Azure: the client id of a user-assigned identity. Empty: the system-assigned one.</summary>
    public string ClientId { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Engine != Azure)
        {
            return [];
        }

        try
        {
            Account();
            return [];
        }
        catch (FormatException mistake)
        {
            return [new ValidationResult(mistake.Message, [nameof(ConnectionString)])];
        }
    }

    /// <summary>The account that the settings name.</summary>
    /// <exception cref="FormatException">They name none, or more than one; the message says what is expected.</exception>
    public StorageAccount Account()
    {
        Uri?[] services = [TableServiceUri, BlobServiceUri, QueueServiceUri];
        var ways = new[] { ConnectionString.Length > 0, AccountName.Length > 0, Array.Exists(services, service => service is not null) }.Count(isSet => isSet);
        return ways != 1 ? throw new FormatException("The engine Azure needs one of Storage__ConnectionString, Storage__AccountName, or the three Storage__…ServiceUri.")
            : ConnectionString.Length > 0 ? Monitoring.Storage.AzureStorage.ConnectionString.Parse(ConnectionString)
            : AccountName.Length > 0 ? StorageAccount.Named(AccountName, new StorageCredential.Identity(Identity()))
            : Array.TrueForAll(services, service => service is { IsAbsoluteUri: true, Scheme: "https" })
                ? new StorageAccount(TableServiceUri!, BlobServiceUri!, QueueServiceUri!, new StorageCredential.Identity(Identity()))
                : throw new FormatException("Storage__TableServiceUri, __BlobServiceUri and __QueueServiceUri go together, each an https address.");
    }

    private TokenCredential Identity() => Credential switch
    {
        "managedidentity" => new ManagedIdentityCredential(ClientId.Length > 0 ? ManagedIdentityId.FromUserAssignedClientId(ClientId) : ManagedIdentityId.SystemAssigned),
        "workloadidentity" => new WorkloadIdentityCredential(new WorkloadIdentityCredentialOptions { ClientId = ClientId.Length > 0 ? ClientId : null }),
        "developer" => new ChainedTokenCredential(new AzureCliCredential(), new AzureDeveloperCliCredential(), new VisualStudioCredential()),
        _ => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = ClientId.Length > 0 ? ClientId : null }),
    };
}
