using System.ComponentModel.DataAnnotations;

namespace Monitoring.App.Hosting;

/// <summary>Where everything is kept. Section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    /// <summary>The engine. Sqlite: a database file and a folder on this machine.</summary>
    [AllowedValues("Sqlite")]
    public string Engine { get; set; } = "Sqlite";

    /// <summary>The folder of the database, the blobs and the mails; made if absent. Default <c>data</c> below the working directory.</summary>
    [Required]
    public string DataFolder { get; set; } = "data";
}
